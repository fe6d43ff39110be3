/** Colours of the page by day and by night. */
export const palettes = {
  light: {
    page: '#f3f5f8',
    card: '#ffffff',
    line: '#c9d1da',
    text: '#1c2733',
    quiet: '#51606f',
    link: '#1a56b0',
    button: '#1d5fc4',
    onButton: '#ffffff',
    good: '#1b6e3c',
  },
  dark: {
    page: '#12171d',
    card: '#1b222b',
    line: '#3a4552',
    text: '#e8edf2',
    quiet: '#a7b3c0',
    link: '#8fbcff',
    button: '#2f6fd6',
    onButton: '#ffffff',
    good: '#7fd6a0',
  },
} as const;

const variables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** How the page looks: narrow or wide, by day and by night, on paper. */
export const style = `:root{color-scheme:light dark;${variables(palettes.light)}}
@media(prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;margin:0;background:var(--page);color:var(--text);overflow-wrap:anywhere}
header,main{max-width:42rem;margin:0 auto;padding:1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:baseline}
.company{margin:0;font-weight:600}
nav{font-size:.875rem}nav a,nav span{padding:.25rem;display:inline-block}nav span{color:var(--quiet)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.125rem;margin:0 0 .75rem}
h3{font-size:1rem;margin:0}h4{font-size:.875rem;color:var(--quiet);margin:1rem 0 .25rem;font-weight:600}
section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
article+article{border-top:1px solid var(--line);margin-top:1rem;padding-top:1rem}
p{margin:0 0 .5rem}p:last-child{margin-bottom:0}
.quiet,.note,time,dt{color:var(--quiet);font-size:.875rem}
.status{font-size:1.25rem;font-weight:600;line-height:1.35}
.state{font-weight:600;color:var(--good)}
.sum{font-size:1.5rem;font-weight:600;line-height:1.25;margin-bottom:.25rem}
dl{margin:.5rem 0 0}dd{margin:0 0 .5rem}dd:last-child{margin-bottom:0}
ul,ol{margin:0;padding-left:1.25rem}li{margin:.25rem 0}
ol.history{list-style:none;padding-left:1rem;border-left:2px solid var(--line)}
ol.history time{display:block}
a{color:var(--link)}
button{font:inherit;font-weight:600;padding:.75rem 2rem;margin:.5rem 0;border:0;border-radius:.375rem;background:var(--button);color:var(--onButton);cursor:pointer}
a:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media(max-width:30rem){button{width:100%}}
@media print{:root{${variables({ ...palettes.light, page: '#ffffff' })}}nav,form,.screen,.note{display:none}section{break-inside:avoid}header,main{max-width:none;padding:0}}`;
