/** Colours of tokens.css in a scheme; a canvas knows neither variables nor light-dark(). */
export type Colours = (token: string, alpha?: number) => string;

export function readColours(element: HTMLElement, scheme: "light" | "dark"): Colours {
  const probe = document.createElement("span");
  probe.style.colorScheme = scheme;
  probe.hidden = true;
  element.append(probe);
  const known = new Map<string, string>();
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const tokens = ["text", "muted", "border", "surface", "raised", "accent", "mempool", "exchange", "miner"];
  for (const token of [...tokens, "whale", "network", "predictive"]) known.set(token, read(token));
  probe.remove();
  return (token, alpha = 1) => withAlpha(known.get(token) ?? "rgb(128, 128, 128)", alpha);
}

function withAlpha(colour: string, alpha: number): string {
  if (alpha === 1) return colour;
  const parts = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)/.exec(colour);
  return parts === null ? colour : `rgba(${parts[1]}, ${parts[2]}, ${parts[3]}, ${alpha})`;
}
