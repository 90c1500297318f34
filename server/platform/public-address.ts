/** Which IP addresses are public: the wall between a URL that somebody named and the networks this machine can see. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IANA special-purpose registry, plus the one metadata service that lives at a public address (Azure). */
const notPublicIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Inside 2000::/3 (global unicast); everything outside it is refused anyway. */
const notPublicIpv6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** Never reached by a name, even one on the allow list: who means one of these has to list the number itself. */
const neverByName: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["168.63.129.16", 32, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["100.100.100.200", 32, "ipv4"],
  ["192.0.0.192", 32, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 128, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
  ["fd00:ec2::254", 128, "ipv6"],
];

export interface AddressRules {
  /** True for an address that anybody on the internet can have; false for anything else, and for what is no address. */
  isPublic(address: string): boolean;
  /** True for loopback, private and public unicast: what a *name* on the allow list may lead to. */
  isReachableByListedName(address: string): boolean;
}

/** The rules as data, built once. `address` is in the form that `dns.lookup` and `new URL().hostname` (without brackets) give. */
export function createAddressRules(): AddressRules {
  const special4 = blockListOf(notPublicIpv4.map(([net, prefix]) => [net, prefix, "ipv4"]));
  const special6 = blockListOf(notPublicIpv6.map(([net, prefix]) => [net, prefix, "ipv6"]));
  const global6 = blockListOf([["2000::", 3, "ipv6"]]);
  const never = blockListOf(neverByName);

  function isPublic(address: string): boolean {
    const inner = embeddedIpv4(address);
    if (inner !== undefined) return isIPv4(inner) && !special4.check(inner, "ipv4");
    if (!isIPv6(address) || address.includes("%")) return false;
    return global6.check(address, "ipv6") && !special6.check(address, "ipv6");
  }

  function isReachableByListedName(address: string): boolean {
    const inner = embeddedIpv4(address);
    if (inner !== undefined) return !never.check(inner, "ipv4");
    return isIPv6(address) && !address.includes("%") && !never.check(address, "ipv6");
  }

  return { isPublic, isReachableByListedName };
}

function blockListOf(ranges: readonly (readonly [string, number, "ipv4" | "ipv6"])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix, family] of ranges) list.addSubnet(net, prefix, family);
  return list;
}

/** The IPv4 address that an address is or carries: plain, mapped (::ffff:a.b.c.d) or NAT64 (64:ff9b::/96). */
function embeddedIpv4(address: string): string | undefined {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const words = ipv6Words(address);
  const prefix = words.slice(0, 6).join(":");
  if (prefix !== "0:0:0:0:0:ffff" && prefix !== "64:ff9b:0:0:0:0") return undefined;
  const [high = 0, low = 0] = words.slice(6).map((word) => Number.parseInt(word, 16));
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The eight words of an IPv6 address, in lower case without leading zeros. The URL parser writes the one normal form. */
function ipv6Words(address: string): string[] {
  const normal = URL.canParse(`http://[${address}]/`) ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
  const [head = "", tail] = normal.split("::");
  const left = head === "" ? [] : head.split(":");
  if (tail === undefined) return left;
  const right = tail === "" ? [] : tail.split(":");
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right];
}
