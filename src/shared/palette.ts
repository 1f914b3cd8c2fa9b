/**
 * Hues of lines and marks, on white and on a dark ground: told apart with red-green colour blindness as well, by
 * lightness where not by hue.
 */
export const HUES = {
  light: ['#0072b2', '#d55e00', '#00875f', '#a0206a', '#13212b', '#3019fa', '#494700', '#0f96f8'],
  dark: ['#4a9eeb', '#ff7f3f', '#20c695', '#f7b6dd', '#e6eef3', '#2d7592', '#f0e442', '#e63111'],
} as const;
