import type { ReactElement } from "react";
import type { BoardView } from "../../shared/proposals.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { MenuButton } from "../ui/menu.tsx";
import { agentsOf, type BoardFilter, noFilter, sourceKinds } from "./board-lanes.ts";
import { proposalWords as words } from "./proposal-words.ts";

export interface BoardFiltersProps {
  readonly board: BoardView;
  readonly filter: BoardFilter;
  readonly change: (filter: BoardFilter) => void;
  readonly showBoard: (path: string) => void;
}

/** Whose proposals are shown, and from what; which board, where there are several. */
export function BoardFilters({ board, filter, change, showBoard }: BoardFiltersProps): ReactElement {
  const sources = sourceKinds.map((kind) => ({ value: kind as string, label: words.sources.get(kind) ?? kind }));
  const agents = agentsOf(board).map((agent) => ({ value: agent, label: agent }));
  return (
    <>
      {board.others.length > 0 && (
        <MenuButton
          label={words.boardIs(nameOf(board.path))}
          className="button"
          items={() =>
            [board.path, ...board.others].map((path) => ({
              label: path,
              isChecked: path === board.path,
              choose: () => showBoard(path),
            }))
          }
        >
          {words.boardIs(nameOf(board.path))}
          <Icon name="chevronDown" size={14} />
        </MenuButton>
      )}
      <Choice
        label={filter.agent === "" ? words.agentAny : words.agentIs(filter.agent)}
        value={filter.agent}
        values={agents}
        choose={(agent) => change({ ...filter, agent })}
      />
      <Choice
        label={
          filter.source === "" ? words.sourceAny : words.sourceIs(words.sources.get(filter.source) ?? filter.source)
        }
        value={filter.source}
        values={sources}
        choose={(source) => change({ ...filter, source })}
      />
      {(filter.agent !== "" || filter.source !== "") && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.clear}
          title={words.clear}
          onClick={() => change(noFilter)}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => void;
}): ReactElement {
  const { label, value, values, choose } = props;
  return (
    <span data-chosen={value !== "" || undefined} className="board-choice">
      <MenuButton
        label={label}
        className="button"
        items={() =>
          [{ value: "", label: words.any }, ...values].map((each) => ({
            label: each.label,
            isChecked: each.value === value,
            choose: () => choose(each.value),
          }))
        }
      >
        <bdi>{visibleText(label)}</bdi>
        <Icon name="chevronDown" size={14} />
      </MenuButton>
    </span>
  );
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}
