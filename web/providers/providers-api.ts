import type { AddProvider, ChooseModel, ProvidersView, ProviderView } from "../../shared/providers.ts";
import { request } from "../platform/api.ts";

export function fetchProviders(): Promise<ProvidersView> {
  return request("/providers");
}

/** Tests first; what does not work is not saved and rejects with the reason. */
export function addProvider(body: AddProvider): Promise<ProviderView> {
  return request("/providers", { method: "POST", body });
}

export function removeProvider(id: string): Promise<void> {
  return request(`/providers/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export function chooseModel(body: ChooseModel): Promise<void> {
  return request("/providers/chosen", { method: "PUT", body });
}

/** Looks for local servers again. */
export function probeProviders(): Promise<ProvidersView> {
  return request("/providers/probe", { method: "POST" });
}
