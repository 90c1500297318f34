import "./agent-settings.css";
import { type FormEvent, type ReactElement, useState } from "react";
import type { AgentSettings } from "../../shared/agents.ts";
import type { DocumentSummary } from "../../shared/documents.ts";
import type { AgentView } from "../../shared/roster.ts";
import { problemWords } from "../platform/api.ts";
import { useResource } from "../platform/use-resource.tsx";
import { Icon } from "../ui/icons.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Section } from "../ui/section.tsx";
import { useToast } from "../ui/toasts.tsx";
import { saveAgentSettings, settingsPath } from "./agents-api.ts";
import { FormField } from "./form-field.tsx";
import { targetsOf } from "./runnable-agents.ts";

const words = {
  title: "Limits and rules",
  note: "Kept in Folio's own data: no file of this folder can change them.",
  tokens: "Tokens of an answer",
  tokensHint: "From 100. A longer answer is stopped and not written.",
  seconds: "Seconds of a run",
  secondsHint: "From 5 to 3600.",
  cost: "Cost of a run",
  costHint: "Empty: no limit. Counts where the price is known.",
  entries: "Last log entries read",
  entriesHint: "From 0 to 200.",
  currency: "Currency",
  currencyHint: "A sign or a short name.",
  prices: "Prices",
  pricesNote: "For a million tokens. Without a price, a run has no cost.",
  model: "Model",
  priceIn: "in",
  priceOut: "out",
  addPrice: "Add a price",
  rules: "Written without asking",
  rulesNote:
    "A rule writes what this agent proposes for this document at once. It never covers the roster, prompts and templates: they tell agents what they do.",
  agent: "Agent",
  path: "Document",
  addRule: "Add a rule",
  remove: "Remove",
  save: "Save",
  saving: "Saving",
  saved: "Limits and rules are saved",
  noRules: "None: every change waits for you.",
};

type Change = (settings: AgentSettings) => void;

/** What holds for every run, whoever is asked. */
export function AgentSettingsSection(props: {
  readonly agents: readonly AgentView[];
  readonly documents: readonly DocumentSummary[];
}): ReactElement {
  const { value, problem, refresh } = useResource<AgentSettings>(settingsPath);
  const [draft, setDraft] = useState<AgentSettings>();
  const [state, setState] = useState<{ readonly isBusy?: boolean; readonly problem?: unknown }>({});
  const show = useToast();
  const settings = draft ?? value;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!draft || state.isBusy) return;
    setState({ isBusy: true });
    saveAgentSettings(draft).then(
      () => {
        setState({});
        setDraft(undefined);
        refresh();
        show({ text: words.saved });
      },
      (thrown: unknown) => setState({ problem: thrown }),
    );
  };
  return (
    <div className="agent-settings">
      <Section title={words.title} note={words.note}>
        {!settings && problem !== undefined && <ProblemNote {...problemWords(problem)} retry={refresh} />}
        {settings && (
          <form className="agent-settings-form" noValidate onSubmit={save}>
            <Limits settings={settings} change={setDraft} />
            <Rules settings={settings} change={setDraft} {...props} />
            <Prices settings={settings} change={setDraft} />
            {state.problem !== undefined && <ProblemNote {...problemWords(state.problem)} />}
            <div className="agent-form-acts">
              <button type="submit" className="button" aria-disabled={draft === undefined || (state.isBusy ?? false)}>
                {state.isBusy ? words.saving : words.save}
              </button>
            </div>
          </form>
        )}
      </Section>
    </div>
  );
}

function Limits({ settings, change }: { readonly settings: AgentSettings; readonly change: Change }): ReactElement {
  const { limits } = settings;
  const { cost: _, ...withoutCost } = limits;
  const number = (
    label: string,
    hint: string,
    value: number | undefined,
    set: (value: number | undefined) => void,
  ): ReactElement => (
    <FormField label={label} hint={hint}>
      {(attributes) => (
        <input
          {...attributes}
          className="input numbers"
          type="number"
          step="any"
          min={0}
          value={value ?? ""}
          onChange={({ currentTarget: { value: text } }) => set(text === "" ? undefined : Number(text))}
        />
      )}
    </FormField>
  );
  return (
    <div className="agent-settings-grid">
      {number(words.tokens, words.tokensHint, limits.outputTokens, (outputTokens = 0) =>
        change({ ...settings, limits: { ...limits, outputTokens } }),
      )}
      {number(words.seconds, words.secondsHint, limits.seconds, (seconds = 0) =>
        change({ ...settings, limits: { ...limits, seconds } }),
      )}
      {number(words.cost, words.costHint, limits.cost, (cost) =>
        change({ ...settings, limits: cost === undefined ? withoutCost : { ...withoutCost, cost } }),
      )}
      {number(words.entries, words.entriesHint, settings.lastLogEntries, (lastLogEntries = 0) =>
        change({ ...settings, lastLogEntries }),
      )}
      <FormField label={words.currency} hint={words.currencyHint}>
        {(attributes) => (
          <input
            {...attributes}
            className="input"
            maxLength={8}
            value={settings.currency}
            onChange={(event) => change({ ...settings, currency: event.currentTarget.value })}
          />
        )}
      </FormField>
    </div>
  );
}

function RemoveButton({ what, remove }: { readonly what: string; readonly remove: () => void }): ReactElement {
  const label = `${words.remove} ${what}`;
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={remove}>
      <Icon name="close" />
    </button>
  );
}

function Rules(props: {
  readonly settings: AgentSettings;
  readonly change: Change;
  readonly agents: readonly AgentView[];
  readonly documents: readonly DocumentSummary[];
}): ReactElement {
  const { settings, change } = props;
  const { rules } = settings;
  const told = new Set(
    props.documents.filter(({ kind }) => ["roster", "prompt", "template"].includes(kind)).map(({ path }) => path),
  );
  const pathsOf = (key: string): readonly string[] => {
    const agent = props.agents.find((each) => each.key === key);
    return (agent ? targetsOf(agent) : []).filter((path) => !told.has(path) && !/\/(AGENTS|ROSTER)\.md$/i.test(path));
  };
  const able = props.agents.filter(({ key }) => pathsOf(key).length > 0);
  const put = (at: number, rule: AgentSettings["rules"][number]): void =>
    change({ ...settings, rules: rules.map((each, index) => (index === at ? rule : each)) });
  const first = able[0];
  return (
    <fieldset className="agent-settings-group">
      <legend>{words.rules}</legend>
      <p className="agent-form-hint">{words.rulesNote}</p>
      {rules.length === 0 && <p>{words.noRules}</p>}
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own
        <div key={at} className="agent-settings-row">
          <select
            className="input"
            aria-label={`${words.agent} ${at + 1}`}
            value={rule.agent}
            onChange={({ currentTarget: { value: agent } }) => put(at, { agent, path: pathsOf(agent)[0] ?? rule.path })}
          >
            {[...new Set([...able.map(({ key }) => key), rule.agent])].map((key) => (
              <option key={key}>{key}</option>
            ))}
          </select>
          <select
            className="input mono"
            aria-label={`${words.path} ${at + 1}`}
            value={rule.path}
            onChange={(event) => put(at, { ...rule, path: event.currentTarget.value })}
          >
            {[...new Set([...pathsOf(rule.agent), rule.path])].map((path) => (
              <option key={path}>{path}</option>
            ))}
          </select>
          <RemoveButton
            what={`${rule.agent}, ${rule.path}`}
            remove={() => change({ ...settings, rules: rules.filter((_, index) => index !== at) })}
          />
        </div>
      ))}
      {first && (
        <button
          type="button"
          className="button"
          onClick={() =>
            change({ ...settings, rules: [...rules, { agent: first.key, path: pathsOf(first.key)[0] ?? "" }] })
          }
        >
          <Icon name="plus" />
          {words.addRule}
        </button>
      )}
    </fieldset>
  );
}

function Prices({ settings, change }: { readonly settings: AgentSettings; readonly change: Change }): ReactElement {
  const { prices } = settings;
  const put = (at: number, price: AgentSettings["prices"][number]): void =>
    change({ ...settings, prices: prices.map((each, index) => (index === at ? price : each)) });
  return (
    <fieldset className="agent-settings-group">
      <legend>{words.prices}</legend>
      <p className="agent-form-hint">{words.pricesNote}</p>
      {prices.map((price, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the model's name is being typed
        <div key={at} className="agent-settings-row">
          <input
            className="input mono"
            dir="ltr"
            aria-label={`${words.model} ${at + 1}`}
            placeholder={words.model}
            value={price.model}
            onChange={(event) => put(at, { ...price, model: event.currentTarget.value })}
          />
          {(["in", "out"] as const).map((side) => (
            <input
              key={side}
              className="input numbers"
              type="number"
              min={0}
              step="any"
              aria-label={`${side === "in" ? words.priceIn : words.priceOut} ${at + 1}`}
              value={price[side]}
              onChange={(event) => put(at, { ...price, [side]: Number(event.currentTarget.value) })}
            />
          ))}
          <RemoveButton
            what={price.model}
            remove={() => change({ ...settings, prices: prices.filter((_, index) => index !== at) })}
          />
        </div>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => change({ ...settings, prices: [...prices, { model: "", in: 0, out: 0 }] })}
      >
        <Icon name="plus" />
        {words.addPrice}
      </button>
    </fieldset>
  );
}
