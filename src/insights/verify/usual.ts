const WORDS = "usual|usually|normal|normally|typical|expected";
const BEFORE = "two weeks before|two days before|half day before|week before|day before|previous two days";

/** Where a number stands that something is compared with: "from 1.3 sat/vB", "where 20 would be usual". */
export const USUAL = new RegExp(
  [
    String.raw`\b(?:from|against|versus|vs)(?: an?| the)?(?: (?:${WORDS}|median|earlier))?(?: (?:level|figure|change))?(?: of)? @`,
    String.raw`\b(?:${WORDS})\b(?! level)[^@#.;:,]{0,32}@`,
    String.raw`\b(?:${WORDS}) (?:\w+ )?(?:levels?|figures?)(?: (?:,|of|at|is|was))? @`,
    String.raw`\b(?:compared (?:with|to)|where|while)\b[^@#.;]*@`,
    String.raw`\b(?:(?:the|a) mean|median(?: \w+)? change|medians? (?:weekly )?change)\b[^@#.;]*@`,
    String.raw`\b(?:${BEFORE})\b[^@#.;:]{0,26}@`,
    String.raw`@ , (?:the |an? )?(?:usual|normal|typical|expected|median)\b(?![^.;,]*#)`,
    String.raw`\(@\)|\( @ \)`,
    String.raw`\bthan the @`,
    String.raw`@(?:(?!\b(?:against|versus|vs|than|where|while)\b)[^@#,.;:])*\b(?:${WORDS})\b(?! level)`,
    String.raw`\b(?:from|below the|above the|had been|had) @`,
    String.raw`@[^@#,.;:]*\b(?:of|in|over|for) the (?:${BEFORE})\b`,
  ].join("|"),
);
