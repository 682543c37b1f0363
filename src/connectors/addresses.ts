import { BlockList, isIP } from 'node:net';

/** Networks that no outside system lies in: this machine, private ones, those of protocols (connectors.md §11). */
const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const V6 = [
  ['::', 127], // :: and ::1
  ['::', 96], // the old IPv4-compatible ones
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
] as const;

// One list a family: a list of both takes an IPv4 address for its IPv6 form, and ::ffff:0:0/96 would be all of them.
const inside4 = new BlockList();
for (const [net, bits] of V4) inside4.addSubnet(net, bits, 'ipv4');
const inside6 = new BlockList();
for (const [net, bits] of V6) inside6.addSubnet(net, bits, 'ipv6');

/** Networks that an operator allows although they are private: '10.1.2.0/24', 'fd00:1::/64'. Null: not a network. */
export function networksOf(texts: readonly string[]): ((address: string) => boolean) | null {
  const four = new BlockList();
  const six = new BlockList();
  for (const text of texts) {
    const [net = '', bits = ''] = text.split('/');
    const family = isIP(net);
    const most = family === 4 ? 32 : 128;
    if (!family || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return null;
    if (family === 4) four.addSubnet(net, Number(bits), 'ipv4');
    else six.addSubnet(net, Number(bits), 'ipv6');
  }
  return (address) => (isIP(address) === 4 ? four.check(address, 'ipv4') : six.check(address, 'ipv6'));
}

export const isLoopback = (address: string): boolean =>
  address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));

/** Whether an address is out in the world, where requests may go. What is no address is not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside4.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && !inside6.check(address, 'ipv6');
}
