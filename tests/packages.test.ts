/** What we take from others: pinned, with integrity, few at run time, without code that runs at install. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}

const root = join(import.meta.dirname, "..");
const manifest = read("package.json") as {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
};
const lock = read("package-lock.json") as { readonly packages: Record<string, LockedPackage> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const atRunTime = packages.filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true);

test("every version is exact", () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test("every package in the lock file has its integrity", () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(
    packages.filter(([, { integrity, inBundle }]) => !integrity && inBundle !== true).map(([path]) => path),
  ).toEqual([]);
});

test("at most 60 packages are there at run time, all under permissive licences", () => {
  expect(atRunTime.length).toBeGreaterThanOrEqual(Object.keys(manifest.dependencies).length);
  expect(atRunTime.length).toBeLessThanOrEqual(60);
  const permissive = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/;
  expect(atRunTime.filter(([, { license }]) => !permissive.test(license ?? "")).map(([path]) => path)).toEqual([]);
});

test("nothing runs code when it is installed, but for the package that brings Node to developers", () => {
  const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(running.filter((path) => path !== "node_modules/node" && path !== "node_modules/fsevents")).toEqual([]);
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}
