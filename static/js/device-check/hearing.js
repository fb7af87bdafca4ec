// What a moment of sound is like, as numbers: how loud, how coloured, whether its tops are cut or it has holes.
const FLOOR = -90; // dB: noise suppression can make it exactly nothing
const LOWEST = 150; // Hz, the first of the bands in which words are understood (those of STOI)
const BANDS = 15; // a third of an octave each, up to 4.3 kHz
const SAME = 0.001; // two samples this near are one level: no voice stands still at its top
const TOP = 0.95; // of the loudest sample; flat elsewhere is no clipping
const FULL = 0.99; // of what a converter has: where an engine changes the rate, flat tops ripple, but stay so high
const HOLE = 240; // samples of nothing at all (5 ms)
const EDGE = 0.004; // -48 dB: so loud no voice ends at once

export const decibel = (power) => Math.max(FLOOR, 10 * Math.log10(power || 1e-12));

export function measure(samples) {
  let power = 0;
  let peak = 0;
  for (const sample of samples) {
    power += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  let run = 0; // samples in a row at the top, none moving
  let full = 0; // samples in a row that are as loud as can be
  let flat = 0; // the longest of either
  let zeros = 0;
  let hole = false;
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= TOP * peak && Math.abs(sample - last) <= SAME * peak ? run + 1 : 0;
    full = Math.abs(sample) >= FULL ? full + 1 : 0;
    flat = Math.max(flat, run + 1, full);
    if (sample === 0) {
      if (!zeros) before = Math.abs(last);
      zeros += 1;
    } else {
      hole = hole || (zeros >= HOLE && Math.max(before, Math.abs(sample)) > EDGE);
      zeros = 0;
    }
    last = sample;
  }
  hole = hole || (zeros >= HOLE && before > EDGE);
  return { level: decibel(power / samples.length), peak, flat: peak > 0 ? flat : 0, hole };
}

// The power of each band, from the spectrum of an analyser (dB per bin).
export function colour(spectrum, width) {
  return Array.from({ length: BANDS }, (_, band) => {
    const from = Math.round((LOWEST * Math.pow(2, (band - 0.5) / 3)) / width);
    const to = Math.max(from + 1, Math.round((LOWEST * Math.pow(2, (band + 0.5) / 3)) / width));
    return spectrum.slice(from, to).reduce((sum, bin) => sum + Math.pow(10, bin / 10), 1e-12);
  });
}
