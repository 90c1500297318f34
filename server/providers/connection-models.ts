import type { Egress } from "../platform/egress.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { openAiModel } from "../platform/models/openai/openai-model.ts";
import type { Connection } from "./provider.ts";

/** One model object for each connection: it learns which fields its server refuses. `idleMs`: the longest silence. */
export function createConnectionModels(egress: Egress, idleMs: number): { at(connection: Connection): LanguageModel } {
  const models = new WeakMap<Connection, LanguageModel>();
  return {
    at: (connection) => {
      const known = models.get(connection) ?? openAiModel({ ...connection, egress, idleTimeoutMs: idleMs });
      models.set(connection, known);
      return known;
    },
  };
}
