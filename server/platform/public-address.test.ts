import { describe, expect, it } from "vitest";
import { createAddressRules } from "./public-address.ts";

const rules = createAddressRules();

describe("public addresses", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "223.255.255.254",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "64:ff9b::808:808",
  ])("%s is public", (address) => {
    expect(rules.isPublic(address)).toBe(true);
  });

  it.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::FFFF:7F00:1",
    "0:0:0:0:0:ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::808:808",
    "2001:db8::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
    "2130706433",
  ])("%s is not", (address) => {
    expect(rules.isPublic(address)).toBe(false);
  });

  it("lets a listed name lead to this machine or the local network, but not to a metadata service", () => {
    const reachable = ["127.0.0.1", "::1", "192.168.1.5", "10.1.2.3", "fd12::1", "8.8.8.8", "::ffff:127.0.0.1"];
    const never = [
      "169.254.169.254",
      "::ffff:169.254.169.254",
      "0.0.0.0",
      "::",
      "fe80::1",
      "fd00:ec2::254",
      "224.0.0.1",
    ];
    expect(reachable.filter((address) => !rules.isReachableByListedName(address))).toEqual([]);
    expect(never.filter((address) => rules.isReachableByListedName(address))).toEqual([]);
  });
});
