import type { ReactElement } from "react";

const lists: ReadonlyMap<string, string> = new Map(
  Object.entries({
    writes: "agent-documents",
    reads: "agent-documents",
    next: "agent-names",
    model: "agent-models",
  }),
);

/** The `list` of a field's input; none for what is free text. */
export function listId(name: string): string | undefined {
  return lists.get(name);
}

/** What the page knows by name and a field may ask for: lists that the fields offer while a person types; anything else can be typed all the same. */
export function FieldChoices(props: {
  readonly documents: readonly string[];
  readonly agents: readonly string[];
  readonly models: readonly string[];
}): ReactElement {
  const { documents, models, agents } = props;
  const all = { "agent-documents": documents, "agent-names": agents, "agent-models": models };
  return (
    <>
      {Object.entries(all).map(([id, names]) => (
        <datalist key={id} id={id}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      ))}
    </>
  );
}
