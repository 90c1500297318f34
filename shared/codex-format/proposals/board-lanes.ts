/** Headings that are lanes: Now, Next, Later, Done, and their like in other languages. */
import { comparableName } from "../records/names.ts";
import type { ProposalStatus } from "./board.ts";

/** What a card in the lane is about to be. */
const LANES: Readonly<Record<ProposalStatus, readonly string[]>> = {
  proposed: [
    ..."later|to do|todo|to-do|backlog|icebox|someday|planned|upcoming|proposed|ideas|pending|open|not started|queue".split(
      "|",
    ),
    ..."später|offen|zu erledigen|zu tun|geplant|à faire|plus tard|por hacer|pendiente|pendientes|más tarde|después".split(
      "|",
    ),
    ..."a fazer|pendente|pendentes|depois|da fare|più tardi|te doen|later te doen|do zrobienia|później|att göra".split(
      "|",
    ),
    ..."сделать|к выполнению|позже|зробити|待办|待辦|待处理|未着手|やること|予定|할 일|나중에|yapılacak|yapılacaklar".split(
      "|",
    ),
  ],
  accepted: [
    ..."next|up next|ready|accepted|approved|als nächstes|nächste|ensuite|prochain|siguiente|próximo|próximos".split(
      "|",
    ),
    ..."prossimo|volgende|następne|nästa|далее|следующее|下一步|次|다음|sıradaki".split("|"),
  ],
  "in-progress": [
    ..."now|in progress|in-progress|doing|active|current|wip|ongoing|started|in review|review|blocked".split("|"),
    ..."jetzt|in arbeit|in bearbeitung|laufend|en cours|maintenant|en progreso|en curso|en proceso|ahora".split("|"),
    ..."em andamento|em progresso|fazendo|agora|in corso|adesso|bezig|nu|w toku|teraz|pågående".split("|"),
    ..."в работе|в процессе|сейчас|进行中|進行中|作業中|진행 중|지금|devam eden|şimdi".split("|"),
  ],
  done: [
    ..."done|completed|complete|completed recently|recently completed|finished|shipped|closed|archive|archived".split(
      "|",
    ),
    ..."erledigt|fertig|abgeschlossen|terminé|terminés|fait|hecho|terminado|completado|completados".split("|"),
    ..."concluído|concluídos|feito|fatto|completato|klaar|gedaan|zrobione|gotowe|klart|klar".split("|"),
    ..."готово|сделано|выполнено|已完成|完成|完了|완료|tamamlandı|bitti".split("|"),
  ],
  rejected: ["rejected", "cancelled", "canceled", "won't do", "wontfix", "dropped", "abgelehnt", "verworfen", "rejeté"],
  superseded: ["superseded", "obsolete"],
};

/** The status that a lane's name speaks of; undefined when the heading is no name of a lane. */
function laneStatus(heading: string): ProposalStatus | undefined {
  const name = comparableName(heading.slice(0, 200));
  const plain = name.replace(/ (?:tasks|items|work)$/, "");
  for (const [status, names] of Object.entries(LANES)) {
    if (names.includes(name) || names.includes(plain)) return status as ProposalStatus;
  }
  return undefined;
}

/** Whether a heading is known as the name of a lane, such as "In progress". */
export function isLaneName(heading: string): boolean {
  return laneStatus(heading) !== undefined;
}
