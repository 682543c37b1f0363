import { OrderList } from './OrderList.tsx';

/** Orders that are on their way: the same list, by where the parcels are. */
export function Screen() {
  return <OrderList page="/deliveries" kind="deliveries" />;
}
