import { type ReactElement, useCallback, useState } from "react";
import { useLocation } from "wouter";
import type { ChooseModel } from "../../shared/providers.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { ModelPicker } from "../providers/model-picker.tsx";
import { chooseModel } from "../providers/providers-api.ts";
import { resolveModel } from "../providers/resolve-model.ts";
import type { useProviders } from "../providers/use-providers.ts";

type Providers = ReturnType<typeof useProviders>;

const key = (conversationId: string): string => `folio.model.${conversationId}`;

function readPicked(conversationId: string): ChooseModel | undefined {
  try {
    const stored = JSON.parse(readStored(key(conversationId)) ?? "null") as ChooseModel | null;
    return stored ?? undefined;
  } catch {
    return undefined;
  }
}

/** Who answers in this conversation, and the picker to change that; on `new` it is what all new ones use. */
export function useModelChoice(
  providers: Providers,
  conversationId: string,
  lastModel: string | undefined,
): {
  readonly choice: ChooseModel | undefined;
  /** False until the server has told who can answer. */
  readonly isKnown: boolean;
  readonly picker: ReactElement;
} {
  const [, navigate] = useLocation();
  const [version, setVersion] = useState(0);
  const isNew = conversationId === "new";
  const picked = isNew ? undefined : readPicked(conversationId);
  const choice = resolveModel({ view: providers.view, picked, lastModel });
  const { view, replace } = providers;
  const pick = useCallback(
    (wanted: ChooseModel) => {
      if (isNew) {
        if (view) replace({ ...view, chosen: wanted });
        void chooseModel(wanted).catch(() => {});
        return;
      }
      writeStored(key(conversationId), JSON.stringify(wanted));
      setVersion(version + 1);
    },
    [isNew, conversationId, view, replace, version],
  );
  const picker = <ModelPicker view={view} choice={choice} pick={pick} manage={() => navigate("/settings/models")} />;
  return { choice, isKnown: view !== undefined, picker };
}
