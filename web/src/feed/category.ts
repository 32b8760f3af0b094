import { Blocks, Building2, Layers, type LucideIcon, Pickaxe, TrendingUp, Waves } from "lucide-react";
import type { Insight } from "#contract";

export type Category = Insight["category"];
export type CategoryChoice = Category | "all";

/** Icon and word of each category; the hue is the token of the same name. */
export const CATEGORIES: Readonly<Record<Category, { readonly word: string; readonly icon: LucideIcon }>> = {
  mempool: { word: "Fees", icon: Layers },
  exchange: { word: "Exchange", icon: Building2 },
  miner: { word: "Miner", icon: Pickaxe },
  whale: { word: "Whale", icon: Waves },
  network: { word: "Network", icon: Blocks },
  predictive: { word: "Forecast", icon: TrendingUp },
};

/** The categories that this version has insights of. */
export const CHOICES: readonly CategoryChoice[] = [
  "all",
  "mempool",
  "exchange",
  "whale",
  "miner",
  "network",
  "predictive",
];
