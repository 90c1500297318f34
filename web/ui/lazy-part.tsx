import { type ComponentProps, type LazyExoticComponent, lazy, type ReactElement } from "react";
import { ProblemNote } from "./problem-note.tsx";

const againAfterMs = 1000;

/** In the place of what could not be fetched; what is written in the page is kept by it over the reload. */
function PartMissing(): ReactElement {
  return (
    <div className="part-missing">
      <ProblemNote
        title="This part of the page could not be fetched."
        detail="Folio may be away or may have been updated. What you wrote is kept."
        act="Load the page anew"
        retry={() => location.reload()}
      />
    </div>
  );
}

type AnyComponent = Awaited<ReturnType<Parameters<typeof lazy>[0]>>["default"];

/**
 * A component in a file of its own, fetched when it is first drawn, tried twice. A failure shows `instead` in its place
 * and never takes the rest of the page with it.
 */
export function lazyPart<Part extends AnyComponent>(
  load: () => Promise<Part>,
  instead: (properties: ComponentProps<Part>) => ReactElement | null = PartMissing,
): LazyExoticComponent<Part> {
  const again = async (): Promise<Part> => {
    await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    return load();
  };
  return lazy(() =>
    load()
      .catch(again)
      .then(
        (part) => ({ default: part }),
        // It takes no more properties than the part, so it can stand for it.
        () => ({ default: instead as unknown as Part }),
      ),
  );
}
