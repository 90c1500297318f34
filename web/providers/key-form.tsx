import { type FormEvent, type ReactElement, useRef, useState } from "react";
import type { ProviderView } from "../../shared/providers.ts";
import { ApiProblem, problemWords } from "../platform/api.ts";
import { Icon } from "../ui/icons.tsx";
import { addProvider } from "./providers-api.ts";
import { words } from "./words.ts";

const knownAddresses = [
  "https://api.openai.com/v1",
  "https://openrouter.ai/api/v1",
  "https://api.mistral.ai/v1",
  "https://api.groq.com/openai/v1",
];

/** Which field to look at: the key only when the server said that it does not take it. */
function fieldOf(thrown: unknown): "address" | "key" {
  const facts = thrown instanceof ApiProblem ? thrown.details.facts : undefined;
  return facts?.["failure"] === "bad-key" ? "key" : "address";
}

/** An address and a key: tested, and saved only when the test passes. The key leaves the page with the request. */
export function KeyForm({ onSaved }: { readonly onSaved: (provider: ProviderView) => void }): ReactElement {
  const address = useRef<HTMLInputElement>(null);
  const key = useRef<HTMLInputElement>(null);
  const [canSend, setCanSend] = useState(false);
  const [isTesting, setTesting] = useState(false);
  const [problem, setProblem] = useState<{ readonly field: "address" | "key"; readonly text: string }>();

  const readAddress = (): string => address.current?.value.trim() ?? "";
  const check = (): void => {
    setProblem(undefined);
    const isOwnServer = readAddress() !== knownAddresses[0] && readAddress() !== "";
    setCanSend((key.current?.value.trim() ?? "") !== "" || isOwnServer);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isTesting || !canSend) return;
    const baseUrl = readAddress();
    const secret = key.current?.value.trim() ?? "";
    if (!/^https?:\/\/\S+$/.test(baseUrl)) return setProblem({ field: "address", text: words.notAnAddress });
    setTesting(true);
    setProblem(undefined);
    try {
      const provider = await addProvider({ baseUrl, ...(secret === "" ? {} : { key: secret }) });
      if (key.current) key.current.value = "";
      setCanSend(false);
      onSaved(provider);
    } catch (thrown) {
      const { title, detail } = problemWords(thrown);
      setProblem({
        field: fieldOf(thrown),
        text: detail === undefined ? `${title} ${words.notSaved}` : `${title} ${detail}`,
      });
    } finally {
      setTesting(false);
    }
  };
  return (
    <form className="key-form" onSubmit={(event) => void submit(event)} aria-label={words.withKey} noValidate>
      <div className="key-fields">
        <label className="key-label" htmlFor="key-address">
          {words.address}
        </label>
        <label className="key-label" htmlFor="key-secret">
          {words.key}
        </label>
        <input
          ref={address}
          id="key-address"
          className="input mono key-address"
          type="url"
          dir="ltr"
          aria-invalid={problem?.field === "address"}
          aria-describedby="key-note"
          defaultValue={knownAddresses[0]}
          list="known-addresses"
          spellCheck={false}
          autoComplete="off"
          onInput={check}
        />
        <datalist id="known-addresses">
          {knownAddresses.map((known) => (
            <option key={known} value={known}>
              {known}
            </option>
          ))}
        </datalist>
        <input
          ref={key}
          id="key-secret"
          className="input key-secret"
          type="password"
          dir="ltr"
          aria-invalid={problem?.field === "key"}
          aria-describedby="key-note"
          placeholder={words.pasteKey}
          autoComplete="off"
          spellCheck={false}
          onInput={check}
        />
        <button type="submit" className="button button-main" aria-disabled={!canSend || isTesting}>
          {isTesting ? words.testing : words.testAndSave}
        </button>
      </div>
      <p id="key-note" className={problem ? "key-note key-problem" : "key-note"} role={problem ? "alert" : undefined}>
        {problem ? (
          <>
            <Icon name="warning" size={14} />
            <span>{problem.text}</span>
          </>
        ) : (
          <span>
            {words.keyNote} <code>OPENAI_API_KEY</code> {words.keyNoteEnd}
          </span>
        )}
      </p>
    </form>
  );
}
