import "./bar-chart.css";
import { type ReactElement, useState } from "react";

export interface Bar {
  readonly label: string;
  readonly value: number;
}

const height = 34;
const width = 12;
const gap = 4;

/**
 * Small bars without a frame, time from left to right; the last one is the present. The value under the pointer is said
 * in the caption; the same numbers stand in a table for those who do not see the bars.
 */
export function BarChart(props: { readonly caption: string; readonly bars: readonly Bar[] }): ReactElement {
  const { bars, caption } = props;
  const [pointed, setPointed] = useState<Bar>();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const inlineSize = Math.max(0, bars.length * (width + gap) - gap);
  return (
    <figure className="bar-chart" dir="ltr">
      <svg width={inlineSize} height={height} viewBox={`0 0 ${inlineSize} ${height}`} aria-hidden="true">
        {bars.map((bar, index) => {
          const size = bar.value === 0 ? 1 : Math.max(2, (bar.value / most) * height);
          const x = index * (width + gap);
          return (
            <g key={bar.label} onPointerEnter={() => setPointed(bar)} onPointerLeave={() => setPointed(undefined)}>
              <rect className="bar-ground" x={x - gap / 2} y={0} width={width + gap} height={height} />
              <rect
                className={index === bars.length - 1 ? "bar bar-now" : "bar"}
                x={x}
                y={height - size}
                width={width}
                height={size}
                rx={1}
              />
            </g>
          );
        })}
      </svg>
      <figcaption aria-hidden="true">{pointed ? `${pointed.label}: ${pointed.value}` : caption}</figcaption>
      <table className="hidden-text">
        <caption>{caption}</caption>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.label}>
              <th scope="row">{bar.label}</th>
              <td>{bar.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
