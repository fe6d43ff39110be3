/**
 * What pictures and descriptions say, in English and Romanian; `{}` stands for what is named. A table by the English
 * sentence, so that the one who words a phrase need not speak three languages: what is not here is read in English.
 */
const phrases: readonly (readonly [english: string, romanian: string])[] = [
  ['“{}”', '„{}”'],
  // conditions
  [' and ', ' și '],
  [' or ', ' sau '],
  ['always', 'mereu'],
  ['never', 'niciodată'],
  ['yes', 'da'],
  ['no', 'nu'],
  ['approved', 'aprobată'],
  ['rejected', 'respinsă'],
  [' is ', ' este '],
  [' is not ', ' nu este '],
  [' is no less than ', ' nu este mai mic decât '],
  [' is no more than ', ' nu este mai mare decât '],
  [' is more than ', ' este mai mare decât '],
  [' is less than ', ' este mai mic decât '],
  ['{} is filled', '{} este completat'],
  ['{} is empty', '{} este gol'],
  ['{} has changed', '{} s-a schimbat'],
  // names
  ['Responsible', 'Responsabil'],
  ['Initiator', 'Inițiator'],
  ['Stage', 'Etapa'],
  ['Decision', 'Decizia'],
  ['Title', 'Denumirea'],
  ['Number', 'Numărul'],
  ['Head', 'Conducător'],
  ['Head of the {}', 'Conducătorul ({})'],
  ['Members', 'Participanți'],
  ['Watchers', 'Observatori'],
  ['responsible', 'responsabil'],
  ['head', 'conducător'],
  ['initiator', 'inițiator'],
  ['watcher', 'observator'],
  ['anyone', 'oricine'],
  ['system', 'sistemul'],
  // time
  ['when due', 'la termen'],
  ['otherwise', 'altfel'],
  ['in {}', 'în {}'],
  ['after {}', 'după {}'],
  ['{} before ', 'cu {} înainte de '],
  ['{} before it is due', 'cu {} înainte de termen'],
  ['{} after it was due', 'la {} după termen'],
  [', without it {}', ', fără ea {}'],
  [', without it after {}', ', fără ea după {}'],
  ['at {} on the day of {}', 'la {} în ziua {}'],
  ['at {}, {} before {}', 'la {}, cu {} înainte de {}'],
  ['on {}', 'la {}'],
  ['{} after {}', 'la {} după {}'],
  // a stage
  ['Aim', 'Scop'],
  ['To enter: fill {}', 'La intrare: completați {}'],
  ['To enter: {}', 'La intrare: {}'],
  ['Whoever moves the deal here becomes responsible', 'Cine mută comanda aici devine responsabil'],
  ['Nobody is responsible any more', 'Nu mai este nimeni responsabil'],
  ['Where something is missing the move is undone{}', 'Dacă lipsește ceva, trecerea se anulează{}'],
  ['On no board and in no plain list', 'Nu apare pe tablă și în listele obișnuite'],
  ['Changed here only by: {}', 'Aici comanda o schimbă numai: {}'],
  ['Warns: {}', 'Avertizează: {}'],
  ['Warns', 'Avertizează'],
  ['Refuses to write', 'Nu lasă să se scrie'],
  ['A process may be begun', 'Se poate începe procesul'],
  ['may be begun by: {}', 'poate începe: {}'],
  ['Move', 'Trecere'],
  ['back to where it came from', 'înapoi de unde a venit'],
  ['where it came from', 'de unde a venit'],
  ['if', 'dacă'],
  ['if {}', 'dacă {}'],
  ['If', 'Dacă'],
  ['writes', 'se scrie'],
  ['writes {}', 'se scrie {}'],
  // threads
  ['Thread', 'Ramură'],
  ['when {} changes', 'când se schimbă {}'],
  ['when {} has come', 'când a venit {}'],
  ['as soon as {}', 'de îndată ce {}'],
  ['when the client writes', 'când scrie clientul'],
  ['when a payment is entered', 'când se înregistrează o plată'],
  ['when a refund is entered', 'când se înregistrează o returnare'],
  ['when a cost is entered', 'când se înregistrează o cheltuială'],
  ['when a shipment is entered', 'când se înregistrează o expediere'],
  ['Begins the thread', 'Începe ramura'],
  ['Begin: {}', 'Începe: {}'],
  [' unless it has begun before', ', dacă nu a început deja'],
  // work
  ['Task', 'Sarcina'],
  ['Decisions', 'Decizii'],
  ['The form', 'În formular'],
  ['Closes by itself when', 'Se închide singură când'],
  ['closes by itself: {}', 'se închide singură: {}'],
  ['nobody can close it before', 'nimeni nu o poate închide mai devreme'],
  ['Can be closed only if', 'Se poate închide numai dacă'],
  ['can be closed when {}', 'se poate închide când {}'],
  ['Can be approved only if', 'Se poate aproba numai dacă'],
  ['can be approved when {}', 'se poate aproba când {}'],
  ['The day it is closed goes into', 'Ziua închiderii se scrie în'],
  ['The day it is approved goes into', 'Ziua aprobării se scrie în'],
  ['If it is open', 'Dacă este deschisă'],
  ['A rejection needs a comment; then:', 'Respingerea cere un comentariu; apoi:'],
  ['rejected with a comment, then decided again:', 'respins cu comentariu, apoi se decide din nou:'],
  [
    'money that waits is counted or returned with the decision',
    'banii în așteptare se socotesc sau se întorc odată cu decizia',
  ],
  [
    'Money that waits is counted or returned with the decision',
    'Banii în așteptare se socotesc sau se întorc odată cu decizia',
  ],
  ['marked red', 'marcată roșu'],
  ['marked late', 'marcată ca întârziată'],
  ['Tell', 'Se anunță'],
  ['Tell: {}', 'Se anunță: {}'],
  ['e-mail', 'scrisoare'],
  [', else ', ', altfel '],
  ['Letter to the client', 'Scrisoare către client'],
  ['Message to the client', 'Mesaj către client'],
  ['If it cannot be sent, told is', 'Dacă nu pleacă, află'],
  ['not sent → {}', 'nu a plecat → {}'],
  ['A new client ({}) becomes a contact', 'Clientul nou ({}) intră în contacte'],
  ['Watches', 'Observă'],
  ['Watches: {}', 'Observă: {}'],
  ['Wait', 'Pauză'],
  ['Wait until', 'Pauză până la'],
  ['Wait until {}', 'Pauză până la {}'],
  ['Wait {}', 'Pauză {}'],
  ['Every', 'La fiecare'],
  ['every {}', 'la fiecare {}'],
  ['while', 'cât timp'],
  ['while {}', 'cât timp {}'],
  ['until', 'până când'],
  ['until {}', 'până când {}'],
  ['Again and again', 'Repetare'],
  ['Otherwise', 'Altfel'],
  ['At the same time:', 'În același timp:'],
  ['At the same time', 'În același timp'],
  ['The deal moves by itself to', 'Comanda trece singură la'],
  ['Moves by itself to {}', 'Trece singură la {}'],
  ['{} = the time of writing', '{} = momentul scrierii'],
  [
    '{} = the time of writing, or the next opening after hours',
    '{} = momentul scrierii, iar în afara programului începutul următoarei zile de lucru',
  ],
  ['{} = in {}', '{} = peste {}'],
  ['empty {}', 'se golește {}'],
  ['Process', 'Proces'],
  ['Process {}', 'Proces {}'],
  [', by the same number', ', cu același număr'],
  [', worked by {}', ', condus de {}'],
  ['; the deal does not wait for it', '; comanda nu îl așteaptă'],
  [
    'If the deal leaves the stage first, it is given up and brings nothing back.',
    'Dacă comanda pleacă mai întâi de la etapă, procesul se abandonează și nu aduce nimic înapoi.',
  ],
  [
    'Blue bar: a task · violet: a decision · green: a move by itself · teal: a letter to the client · orange: who is told and when if it is not done · dashed: a thread begun by an event. Times are defaults that an administrator may change.',
    'Bara albastră: sarcină · violet: decizie · verde: trecere automată · turcoaz: scrisoare către client · portocaliu: cine și când află dacă nu s-a făcut · întrerupt: ramură pornită de un eveniment. Termenele sunt valori implicite pe care administratorul le poate schimba.',
  ],
];

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const exact = new Map(phrases.filter(([english]) => !english.includes('{}')));
/** Those with more of their own words first: `at {}, {} before {}` before `{} before `. */
const patterns = phrases
  .filter(([english]) => english.includes('{}'))
  .toSorted(([one], [other]) => other.replaceAll('{}', '').length - one.replaceAll('{}', '').length)
  .map(([english, romanian]) => ({
    found: new RegExp(`^${english.split('{}').map(literal).join('(.+?)')}$`, 'su'),
    romanian,
  }));

/** The Romanian of what is said in English, in which what is named is Romanian already; the same text where there is none. */
export const inRomanian = (english: string): string => {
  const said = exact.get(english);
  if (said !== undefined) return said;
  for (const { found, romanian } of patterns) {
    const named = found.exec(english)?.slice(1);
    if (named !== undefined) return romanian.replaceAll('{}', () => named.shift() ?? '');
  }
  return english;
};
