import "./model-picker.css";
import type { ReactElement } from "react";
import type { ChooseModel, ProvidersView } from "../../shared/providers.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ModelMenu } from "./model-menu.tsx";
import { words } from "./words.ts";

/** Which model answers, as a button with the models of all providers. */
export function ModelPicker(props: {
  readonly view: ProvidersView | undefined;
  readonly choice: ChooseModel | undefined;
  readonly pick: (choice: ChooseModel) => void;
  readonly manage: () => void;
}): ReactElement {
  const { view, choice, pick, manage } = props;
  return (
    <ModelMenu
      label={choice ? `${words.model}: ${choice.model}` : words.chooseModel}
      className="button button-quiet model-button"
      providers={view?.providers ?? []}
      choice={choice}
      pick={pick}
      more={["line", { label: words.manage, icon: <Icon name="gear" />, choose: manage }]}
    >
      <span className="model-name">
        <bdi>{visibleText(choice?.model ?? words.chooseModel)}</bdi>
      </span>
      <Icon name="chevronDown" size={14} />
    </ModelMenu>
  );
}
