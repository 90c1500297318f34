import "./model-picker.css";
import { type ReactElement, useState } from "react";
import type { ChooseModel, ProvidersView } from "../../shared/providers.ts";
import { Icon } from "../ui/icons.tsx";
import { MenuButton, type MenuItem } from "../ui/menu.tsx";
import { words } from "./words.ts";

const mostShown = 200;
const filterFrom = 9;

type Entry = MenuItem | "line" | { readonly group: string };

/** The models of all providers, those whose name holds `filter`. */
function entriesOf(
  view: ProvidersView,
  filter: string,
  choice: ChooseModel | undefined,
  pick: (choice: ChooseModel) => void,
): readonly Entry[] {
  const wanted = filter.trim().toLowerCase();
  const entries: Entry[] = [];
  for (const provider of view.providers) {
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

/** Which model answers, as a button with a list; many models can be filtered. */
export function ModelPicker(props: {
  readonly view: ProvidersView | undefined;
  readonly choice: ChooseModel | undefined;
  readonly pick: (choice: ChooseModel) => void;
  readonly manage: () => void;
}): ReactElement {
  const { view, choice, pick, manage } = props;
  const [filter, setFilter] = useState("");
  const count = view?.providers.reduce((sum, provider) => sum + provider.models.length, 0) ?? 0;
  return (
    <MenuButton
      label={choice ? `${words.model}: ${choice.model}` : words.chooseModel}
      className="button button-quiet model-button"
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
      items={() => [
        ...(view ? entriesOf(view, filter, choice, pick) : []),
        "line",
        { label: words.manage, icon: <Icon name="gear" />, choose: manage },
      ]}
    >
      <span className="model-name">
        <bdi>{choice?.model ?? words.chooseModel}</bdi>
      </span>
      <Icon name="chevronDown" size={14} />
    </MenuButton>
  );
}
