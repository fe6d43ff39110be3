/** Signs of 12 by 12 pixels, drawn in the colour of their group. */
const sign = (path: string): string =>
  `<path d="${path}" fill="none" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`;

export const signs = {
  person: sign(
    'M6 6.2a2.4 2.4 0 1 0 0-4.8a2.4 2.4 0 0 0 0 4.8M1.6 11.4c.5-2.3 2.2-3.4 4.4-3.4s3.9 1.1 4.4 3.4',
  ),
  clock: sign('M6 11.2a5.2 5.2 0 1 0 0-10.4a5.2 5.2 0 0 0 0 10.4M6 3v3.2l2.2 1.4'),
  bell: sign('M2 9.2h8l-1-1.6V5a3 3 0 0 0-6 0v2.6zM5 10.8c.4.6 1.6.6 2 0'),
  lock: sign('M2.5 5.5h7v5.6h-7zM4 5.5V3.8a2 2 0 0 1 4 0v1.7'),
  tick: sign('M1.6 6.4l3 3.2l5.8-7'),
  letter: sign('M1 2.6h10v7H1zM1 3l5 3.8l5-3.8'),
  loop: sign('M10.4 4.4A4.8 4.8 0 1 0 10.8 7M10.8 1.4v3.2H7.6'),
  arrow: sign('M1 6h9.4M7 2.6L10.4 6L7 9.4'),
  branch: sign('M2 1v10M2 6h8.4M7.6 3.2L10.4 6L7.6 8.8'),
  pen: sign('M1.4 10.6l.6-2.6l6.6-6.6l2 2l-6.6 6.6z'),
  form: sign('M2 1h8v10H2zM4 4h4M4 6.4h4M4 8.8h2.4'),
  door: sign('M1 6h6M4.6 3.4L7.2 6L4.6 8.6M7 1h4v10H7'),
};
