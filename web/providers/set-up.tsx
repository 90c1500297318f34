import "./set-up.css";
import { type ReactElement, type ReactNode, useState } from "react";
import type { ChooseModel, ProvidersView, ProviderView } from "../../shared/providers.ts";
import { problemWords } from "../platform/api.ts";
import { Icon, type IconName } from "../ui/icons.tsx";
import { useToast } from "../ui/toasts.tsx";
import { KeyForm } from "./key-form.tsx";
import { chooseModel, probeProviders, removeProvider } from "./providers-api.ts";
import { words } from "./words.ts";

function Section(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="set-up-section">
      <Icon name={props.icon} />
      <div className="set-up-content">
        <h2 className="set-up-heading">
          {props.title} <small>{props.hint}</small>
        </h2>
        {props.children}
      </div>
    </section>
  );
}

function hostOf(baseUrl: string | undefined): string {
  return (baseUrl ?? "").replace(/^https?:\/\//, "").replace(/\/v1\/?$/, "");
}

function modelsOf(provider: ProviderView): string {
  const [first, second] = provider.models;
  if (provider.problem !== undefined) return provider.problem;
  if (first === undefined) return words.noModel;
  return words.andMore(second === undefined ? first : `${first}, ${second}`, Math.max(0, provider.models.length - 2));
}

function ProviderRow(props: {
  readonly provider: ProviderView;
  readonly view: ProvidersView;
  readonly isMain: boolean;
  readonly use: (choice: ChooseModel) => void;
  readonly remove?: (id: string) => void;
}): ReactElement {
  const { provider, view, use } = props;
  const model = provider.models[0];
  const isChosen = view.chosen?.providerId === provider.id;
  const note = [provider.keyEnding && words.keyEnding(provider.keyEnding), words.from[provider.source]].filter(Boolean);
  return (
    <li className="provider-row">
      <span className="provider-name">
        <bdi>{provider.name}</bdi>
      </span>
      <code className="provider-host" dir="ltr">
        {hostOf(provider.baseUrl)}
      </code>
      <span className={provider.problem === undefined ? "provider-models" : "provider-models provider-problem"}>
        <bdi>{modelsOf(provider)}</bdi>
        {note.length > 0 && <small> {note.join(", ")}</small>}
      </span>
      <span className="provider-acts">
        {props.remove && provider.source === "saved" && (
          <button type="button" className="button button-quiet" onClick={() => props.remove?.(provider.id)}>
            {words.remove}
          </button>
        )}
        {isChosen && <span className="badge badge-use">{words.inUse}</span>}
        {!isChosen && model !== undefined && (
          <button
            type="button"
            className={props.isMain ? "button button-main" : "button"}
            aria-label={`${words.use} ${provider.name}`}
            onClick={() => use({ providerId: provider.id, model })}
          >
            {words.use}
          </button>
        )}
      </span>
    </li>
  );
}

/** Who can answer: servers found here, addresses with a key, the guide. `onChosen` runs after a choice is saved. */
export function SetUp(props: {
  readonly view: ProvidersView | undefined;
  readonly replace: (view: ProvidersView) => void;
  readonly refresh: () => void;
  readonly onChosen: () => void;
}): ReactElement {
  const { view, replace, refresh, onChosen } = props;
  const [isLooking, setLooking] = useState(false);
  const show = useToast();
  const complain = (thrown: unknown): void => show({ text: problemWords(thrown).title, icon: "warning" });
  const use = (choice: ChooseModel): void => {
    chooseModel(choice).then(() => {
      if (view) replace({ ...view, chosen: choice });
      refresh();
      onChosen();
    }, complain);
  };
  const lookAgain = (): void => {
    setLooking(true);
    probeProviders()
      .then(replace, complain)
      .finally(() => setLooking(false));
  };
  const providers = view?.providers ?? [];
  const found = providers.filter((provider) => provider.source === "found" || provider.kind === "local");
  const keyed = providers.filter((provider) => provider.kind === "openai" && provider.source !== "found");
  const guide = providers.find((provider) => provider.kind === "guide");
  const guideModel = guide?.models[0];
  const firstReady = [...found, ...keyed].find((provider) => provider.models.length > 0);
  const remove = (id: string): void => void removeProvider(id).then(refresh, complain);
  const row = (provider: ProviderView): ReactElement => (
    <ProviderRow
      key={provider.id}
      provider={provider}
      view={view as ProvidersView}
      isMain={!view?.chosen && provider === firstReady}
      use={use}
      remove={remove}
    />
  );
  return (
    <div className="set-up">
      <h1 className="set-up-title">{words.title}</h1>
      <p className="set-up-subtitle">{words.subtitle}</p>
      <Section
        icon="server"
        title={words.local}
        hint={view ? words.looked(view.probe.ports, view.probe.ms) : words.looking}
      >
        {found.length > 0 ? <ul className="provider-list">{found.map(row)}</ul> : <p>{words.noneFound}</p>}
        <button type="button" className="button set-up-look" aria-disabled={isLooking} onClick={lookAgain}>
          <Icon name="again" size={14} />
          {isLooking ? words.looking : words.lookAgain}
        </button>
      </Section>
      <Section icon="key" title={words.withKey} hint={words.withKeyHint}>
        {keyed.length > 0 && <ul className="provider-list">{keyed.map(row)}</ul>}
        <KeyForm
          onSaved={(provider) => {
            show({ text: `${words.saved}: ${provider.name}` });
            refresh();
            const model = provider.models[0];
            if (!view?.chosen && model !== undefined) use({ providerId: provider.id, model });
          }}
        />
      </Section>
      {guide && guideModel !== undefined && (
        <Section icon="book" title={words.guide} hint={words.guideHint}>
          <div className="set-up-guide">
            <p>{words.guideText}</p>
            <button type="button" className="button" onClick={() => use({ providerId: guide.id, model: guideModel })}>
              {words.startGuide}
            </button>
          </div>
        </Section>
      )}
    </div>
  );
}
