/** The value below which `part` of the values lie, between neighbours in proportion. */
function quantile(values, part) {
  const ordered = [...values].sort((a, b) => a - b);
  const place = (ordered.length - 1) * part;
  const below = ordered[Math.floor(place)];
  return below + (ordered[Math.ceil(place)] - below) * (place % 1);
}

export const median = (values) => quantile(values, 0.5);

/** `median (lower quartile to upper quartile)` */
export const spread = (values, digits) =>
  `${median(values).toFixed(digits)} (${quantile(values, 0.25).toFixed(digits)} to ${quantile(values, 0.75).toFixed(digits)})`;
