import "./set-up.css";
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { ChooseModel, ProvidersView, ProviderView } from "../../shared/providers.ts";
import { problemWords } from "../platform/api.ts";
import { Icon, type IconName } from "../ui/icons.tsx";
import { useToast } from "../ui/toasts.tsx";
import { KeyForm } from "./key-form.tsx";
import { ProviderRow } from "./provider-row.tsx";
import { chooseModel, probeProviders, removeProvider } from "./providers-api.ts";
import { RemoveQuestion } from "./remove-question.tsx";
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

function NoneFound(): ReactElement {
  return (
    <p>
      {words.noneFound} {words.smallModel} <code dir="ltr">npm run local-model</code>.
    </p>
  );
}

/** The row of a provider that was just saved gets the focus: what comes next is to choose one of its models. */
function useFocusOnRow(place: RefObject<HTMLElement | null>, id: string | undefined): void {
  useEffect(() => {
    const row = id === undefined ? undefined : place.current?.querySelector(`[data-provider="${CSS.escape(id)}"]`);
    row?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  }, [place, id]);
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
  const [savedId, setSavedId] = useState<string>();
  const [leaving, setLeaving] = useState<ProviderView>();
  const place = useRef<HTMLDivElement>(null);
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
  const ready = [...found, ...keyed].filter((provider) => provider.models.length > 0);
  const firstReady = ready.find(({ id }) => id === savedId) ?? ready[0];
  // Who has the guide answering has not chosen a model yet.
  const hasModel = view?.chosen !== undefined && view.chosen.providerId !== guide?.id;
  const isSavedShown = ready.some(({ id }) => id === savedId);
  useFocusOnRow(place, isSavedShown ? savedId : undefined);
  const remove = (provider: ProviderView): void => {
    setLeaving(undefined);
    const tell = (): void => show({ text: `${words.removed}: ${provider.name}`, icon: "trash" });
    removeProvider(provider.id).then(refresh).then(tell, complain);
  };
  const row = (provider: ProviderView): ReactElement => (
    <ProviderRow
      key={provider.id}
      provider={provider}
      chosen={view?.chosen}
      isMain={!hasModel && provider === firstReady}
      use={use}
      remove={() => setLeaving(provider)}
    />
  );
  return (
    <div ref={place} className="set-up">
      {leaving && (
        <RemoveQuestion name={leaving.name} close={() => setLeaving(undefined)} remove={() => remove(leaving)} />
      )}
      <h1 className="set-up-title">{words.title}</h1>
      <p className="set-up-subtitle">{words.subtitle}</p>
      <Section
        icon="server"
        title={words.local}
        hint={view ? words.looked(view.probe.ports, view.probe.ms) : words.looking}
      >
        {found.length > 0 ? <ul className="provider-list">{found.map(row)}</ul> : <NoneFound />}
        <button type="button" className="button set-up-look" aria-disabled={isLooking} onClick={lookAgain}>
          <Icon name="again" size={14} />
          {isLooking ? words.looking : words.lookAgain}
        </button>
      </Section>
      <Section icon="key" title={words.withKey} hint={words.withKeyHint}>
        {keyed.length > 0 && <ul className="provider-list">{keyed.map(row)}</ul>}
        <KeyForm
          onSaved={(provider) => {
            const [model, second] = provider.models;
            const asksForModel = !hasModel && second !== undefined;
            const text = `${words.saved}: ${provider.name}`;
            show(asksForModel ? { text, detail: words.chooseModelNow } : { text });
            refresh();
            setSavedId(provider.id);
            if (!hasModel && model !== undefined && !asksForModel) use({ providerId: provider.id, model });
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
