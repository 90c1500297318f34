import { type ReactElement, type ReactNode, useState } from "react";
import type { ChooseModel, ProviderView } from "../../shared/providers.ts";
import { MenuButton, type MenuItem } from "../ui/menu.tsx";
import { words } from "./words.ts";

const mostShown = 200;
const filterFrom = 9;

type Entry = MenuItem | "line" | { readonly group: string };

/** The models whose name holds `filter`, under the names of their providers. */
function entriesOf(
  providers: readonly ProviderView[],
  filter: string,
  choice: ChooseModel | undefined,
  pick: (choice: ChooseModel) => void,
): readonly Entry[] {
  const wanted = filter.trim().toLowerCase();
  const entries: Entry[] = [];
  for (const provider of providers) {
    const models = provider.models.filter((model) => `${model} ${provider.name}`.toLowerCase().includes(wanted));
    if (models.length === 0) continue;
    entries.push({ group: provider.name });
    for (const model of models.slice(0, mostShown)) {
      const isChecked = choice?.providerId === provider.id && choice.model === model;
      entries.push({ label: model, isChecked, choose: () => pick({ providerId: provider.id, model }) });
    }
  }
  return entries.length > 0 ? entries : [{ group: words.noMatch }];
}

/** A button with the models of `providers`; many of them can be filtered. `more` stands below them. */
export function ModelMenu(props: {
  readonly label: string;
  readonly className: string;
  readonly providers: readonly ProviderView[];
  readonly choice: ChooseModel | undefined;
  readonly pick: (choice: ChooseModel) => void;
  readonly more?: readonly Entry[];
  readonly children: ReactNode;
}): ReactElement {
  const { providers, choice, pick } = props;
  const [filter, setFilter] = useState("");
  const count = providers.reduce((sum, provider) => sum + provider.models.length, 0);
  return (
    <MenuButton
      label={props.label}
      className={props.className}
      onClose={() => setFilter("")}
      header={
        count >= filterFrom && (
          <div className="menu-search">
            <input
              className="input"
              type="search"
              aria-label={words.filterModels}
              placeholder={words.filterModels}
              onChange={(event) => setFilter(event.currentTarget.value)}
            />
          </div>
        )
      }
      items={() => [...entriesOf(providers, filter, choice, pick), ...(props.more ?? [])]}
    >
      {props.children}
    </MenuButton>
  );
}
