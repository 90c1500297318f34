/** Who answers: providers (base URL and key) and their models. */
import { z } from "zod";

export const addProviderSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  baseUrl: z.string().trim().min(1).max(2000),
  /** Absent for servers that take none. Write-only: never in an answer. */
  key: z.string().trim().min(1).max(2000).optional(),
  /** Which of the two APIs; found out by the test when absent. */
  api: z.enum(["chat-completions", "responses"]).optional(),
});
export type AddProvider = z.infer<typeof addProviderSchema>;

export const chooseModelSchema = z.strictObject({
  providerId: z.string().min(1).max(100),
  model: z.string().min(1).max(300),
});
export type ChooseModel = z.infer<typeof chooseModelSchema>;

export interface ProviderView {
  readonly id: string;
  readonly name: string;
  /** `guide` is scripted, `local` runs a model file in a process of ours. */
  readonly kind: "openai" | "guide" | "local";
  readonly baseUrl?: string;
  readonly api?: "chat-completions" | "responses";
  readonly source: "environment" | "secrets-file" | "saved" | "found" | "built-in";
  /** Last four characters of the key, when there is one. */
  readonly keyEnding?: string;
  readonly models: readonly string[];
  /** Why the models could not be listed, for a person. */
  readonly problem?: string;
}

export interface ProvidersView {
  readonly providers: readonly ProviderView[];
  /** What a new conversation uses; absent until somebody chose. */
  readonly chosen?: ChooseModel;
  /** The last look for local servers. */
  readonly probe: { readonly ports: number; readonly ms: number; readonly at: string };
}
