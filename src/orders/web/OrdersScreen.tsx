import { OrderList } from './OrderList.tsx';

/** Orders of all malls. */
export function Screen() {
  return <OrderList page="/orders" kind="orders" />;
}
