import "./sign-in-page.css";
import { type ReactElement, useEffect, useState } from "react";
import { problemWords } from "../platform/api.ts";
import { launchTokenOf } from "../platform/session.ts";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

export function SignInPage(props: {
  readonly problem: unknown;
  readonly enter: (token: string) => Promise<void>;
}): ReactElement {
  const [isSending, setSending] = useState(false);
  useEffect(() => {
    document.title = "Folio";
  }, []);
  return (
    <main className="sign-in">
      <p className="sign-in-name">
        <Icon name="file" />
        Folio
      </p>
      <h1 className="sign-in-title">{words.signInTitle}</h1>
      <p className="sign-in-text">{words.signInText}</p>
      <form
        className="sign-in-form"
        onSubmit={(event) => {
          event.preventDefault();
          const pasted = new FormData(event.currentTarget).get("token");
          const token = launchTokenOf(typeof pasted === "string" ? pasted : "");
          if (token === "" || isSending) return;
          setSending(true);
          void props.enter(token).finally(() => setSending(false));
        }}
      >
        <input
          className="input mono"
          name="token"
          dir="ltr"
          aria-label={words.signInField}
          placeholder="http://127.0.0.1:…/#launch=…"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={props.problem !== undefined}
          aria-describedby="sign-in-problem"
        />
        <button type="submit" className="button button-main" aria-disabled={isSending}>
          {isSending ? words.signingIn : words.signIn}
        </button>
      </form>
      <p id="sign-in-problem" className="sign-in-problem" role="alert">
        {props.problem !== undefined && problemWords(props.problem).title}
      </p>
    </main>
  );
}
