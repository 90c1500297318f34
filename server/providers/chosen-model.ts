/** What a new conversation of this workspace uses. */
import { z } from "zod";
import { type ChooseModel, chooseModelSchema } from "../../shared/providers.ts";
import type { JsonFile } from "../platform/json-file.ts";

export const providerSettingsSchema = z.object({ chosen: chooseModelSchema.optional() });
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

export interface ChosenModel {
  /** Undefined until somebody chose. */
  current(): ChooseModel | undefined;
  /** Counts once it is on disk. Rejects with the system's error. */
  choose(choice: ChooseModel): Promise<void>;
}

export async function openChosenModel(settings: JsonFile<ProviderSettings>): Promise<ChosenModel> {
  let chosen = (await settings.read())?.chosen;
  return {
    current: () => chosen,
    async choose(choice) {
      await settings.write({ chosen: choice });
      chosen = choice;
    },
  };
}
