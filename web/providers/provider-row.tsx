import type { ReactElement } from "react";
import type { ChooseModel, ProviderView } from "../../shared/providers.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ModelMenu } from "./model-menu.tsx";
import { words } from "./words.ts";

function hostOf(baseUrl: string | undefined): string {
  return (baseUrl ?? "").replace(/^https?:\/\//, "").replace(/\/v1\/?$/, "");
}

function modelsOf(provider: ProviderView): string {
  const [first, second] = provider.models;
  if (provider.problem !== undefined) return provider.problem;
  if (first === undefined) return words.noModel;
  return words.andMore(second === undefined ? first : `${first}, ${second}`, Math.max(0, provider.models.length - 2));
}

interface ProviderRowProps {
  readonly provider: ProviderView;
  readonly chosen: ChooseModel | undefined;
  /** The one main button of the page stands here. */
  readonly isMain: boolean;
  readonly use: (choice: ChooseModel) => void;
  readonly remove: () => void;
}

/** One model is used at once; of several, one is chosen from a list. */
function UseButton({ provider, chosen, isMain, use }: ProviderRowProps): ReactElement | null {
  const [model, second] = provider.models;
  const isChosen = chosen?.providerId === provider.id;
  const className = isMain ? "button button-main" : "button";
  if (model === undefined || (isChosen && second === undefined)) return null;
  if (second === undefined) {
    return (
      <button
        type="button"
        className={className}
        aria-label={`${words.use} ${provider.name}`}
        onClick={() => use({ providerId: provider.id, model })}
      >
        {words.use}
      </button>
    );
  }
  return (
    <ModelMenu
      label={`${isChosen ? words.change : words.use} ${provider.name}`}
      className={className}
      providers={[provider]}
      choice={chosen}
      pick={use}
    >
      {isChosen ? words.change : words.use}
      <Icon name="chevronDown" size={14} />
    </ModelMenu>
  );
}

/** A server or address that answers, its models, and the way to use it. */
export function ProviderRow(props: ProviderRowProps): ReactElement {
  const { provider, chosen } = props;
  const isChosen = chosen?.providerId === provider.id;
  const host = hostOf(provider.baseUrl);
  const note = [provider.keyEnding && words.keyEnding(provider.keyEnding), words.from[provider.source]].filter(Boolean);
  return (
    <li className="provider-row" data-provider={provider.id}>
      <span className="provider-name">
        <bdi>{visibleText(provider.name)}</bdi>
      </span>
      <code className="provider-host" dir="ltr">
        {host === provider.name ? "" : host}
      </code>
      <span className={provider.problem === undefined ? "provider-models" : "provider-models provider-problem"}>
        <bdi>{visibleText(isChosen && provider.models.length > 1 ? chosen.model : modelsOf(provider))}</bdi>
        {note.length > 0 && <small> {note.join(", ")}</small>}
      </span>
      <span className="provider-acts">
        {isChosen && <span className="badge badge-use">{words.inUse}</span>}
        {provider.source === "saved" && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={`${words.remove} ${provider.name}`}
            onClick={() => props.remove()}
          >
            {words.remove}
          </button>
        )}
        <UseButton {...props} />
      </span>
    </li>
  );
}
