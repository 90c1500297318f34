import { describe, expect, it } from "vitest";
import { hostInText, imageSource, isAllowedTarget, linkTarget } from "./link-target.ts";
import { misleadingHost } from "./markdown-link.tsx";

describe("linkTarget", () => {
  it("accepts http, https, mailto and paths inside the app", () => {
    expect(linkTarget("https://A.example:443/b c")).toEqual({
      type: "web",
      href: "https://a.example/b%20c",
      host: "a.example",
      hasCredentials: false,
    });
    expect(linkTarget("http://a.example")?.type).toBe("web");
    expect(linkTarget("mailto:a@b.example?subject=c")?.href).toBe("mailto:a@b.example?subject=c");
    expect(linkTarget("/a/../b?c#d")).toEqual({ type: "app", href: "/b?c#d" });
    expect(linkTarget("#part")).toEqual({ type: "app", href: "#part" });
  });

  it.each([
    ...[
      "javascript:alert(1)",
      " java\tscript:alert(1)",
      "JAVASCRIPT:alert(1)",
      "data:text/html,a",
      "vbscript:a",
      "file:///a",
    ],
    ...[
      "blob:https://a.example/1",
      "about:blank",
      "ftp://a.example",
      "ws://a.example",
      "intent:a",
      "view-source:https://a.example",
    ],
    ...[
      "//a.example",
      "/\\a.example",
      "/\t/a.example",
      "/.//a.example",
      "/..//a.example",
      "\\\\a.example",
      "a/b",
      "./a",
      "?a",
      "",
    ],
    "https://",
    `https://a.example/${"b".repeat(9_000)}`,
  ])("refuses %s", (address) => {
    expect(linkTarget(address)).toBeUndefined();
  });

  it("gives the host in the form a name server is asked for", () => {
    expect(linkTarget("https://\u0430pple.com")).toMatchObject({ host: "xn--pple-43d.com" });
    expect(linkTarget("https:\\\\evil.example")).toMatchObject({ host: "evil.example" });
    expect(linkTarget("https://bank.example@evil.example")).toMatchObject({
      host: "evil.example",
      hasCredentials: true,
    });
  });
});

describe("imageSource", () => {
  it("knows remote images and small raster images in the text, never SVG", () => {
    expect(imageSource("https://a.example/i.png")).toMatchObject({ type: "remote", host: "a.example" });
    expect(imageSource("data:image/png;base64,iVBORw0KGgo=")).toMatchObject({ type: "inline", format: "png" });
    for (const address of [
      "data:image/svg+xml;base64,PHN2Zz4=",
      "data:image/png,<svg>",
      "data:image/png;charset=a;base64,AA==",
      `data:image/png;base64,${"A".repeat(60_000)}`,
      "/api/image",
      "javascript:1",
    ]) {
      expect(imageSource(address)).toBeUndefined();
    }
  });
});

describe("isAllowedTarget", () => {
  it("lets Markdown make links of file names, which are shown as text, but not of odd schemes", () => {
    expect(isAllowedTarget("src/main.ts")).toBe(true);
    expect(isAllowedTarget("javascript:alert(1)")).toBe(false);
    expect(isAllowedTarget("//a.example")).toBe(false);
  });
});

describe("misleadingHost", () => {
  it("is the real host when the text claims another", () => {
    const target = linkTarget("https://evil.example:8443/a");
    if (target === undefined) throw new Error("no target");
    expect(misleadingHost(target, "https://bank.example/login")).toBe("evil.example:8443");
    expect(misleadingHost(target, "bank.example")).toBe("evil.example:8443");
    expect(misleadingHost(target, "evil.example/other")).toBeUndefined();
    expect(misleadingHost(target, "read more")).toBeUndefined();
  });

  it("reads hosts from a text only when it is an address", () => {
    expect(hostInText("Bank.Example/path")).toBe("bank.example");
    expect(hostInText("see bank.example")).toBeUndefined();
    expect(hostInText("version 1.2")).toBeUndefined();
  });
});
