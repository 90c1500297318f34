import type { LanguageModel } from "../platform/models/language-model.ts";
import { guideModel, guideModelName } from "./guide.ts";
import type { BuiltInProvider } from "./provider.ts";

export interface BuiltInOptions {
  /** The opened folder, as the guide names it. */
  readonly folder: string;
  readonly localModel?: { readonly names: readonly string[]; readonly model: LanguageModel } | undefined;
}

/** The model files of this computer, when there are some, and the guide. */
export function builtInProviders({ folder, localModel }: BuiltInOptions): readonly BuiltInProvider[] {
  const guide: BuiltInProvider = {
    kind: "guide",
    id: "guide",
    name: "Guide",
    source: "built-in",
    models: [guideModelName],
    model: guideModel({ folder }),
  };
  if (localModel === undefined) return [guide];
  const { names, model } = localModel;
  return [{ kind: "local", id: "local", name: "Local model", source: "built-in", models: names, model }, guide];
}
