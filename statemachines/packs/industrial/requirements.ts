/** One requirement of the pack. */
export type Requirement = {
  /** what is wanted, in one line */
  readonly says: string;
  /** where it is carried out, for what no element of the pack can say of itself */
  readonly by?: string;
  /** carried out by the pack, or to be; its proof is of a later issue */
  readonly issue?: 'later';
};

const now = (says: string, by?: string): Requirement => ({ says, ...(by === undefined ? {} : { by }) });

/** Requirements that are claimed to be met: each has to be proven by a test. */
export const claimed = ['IN-X', 'IN-G', 'IN-S', 'IN-C', 'IN-T', 'IN-R'] as const;

/** Every requirement of the pack, by id. `scripts/requirements.ts` holds them against the pack and its tests. */
export const requirements: Readonly<Record<string, Requirement>> = {
  // whatever the pipeline
  'IN-X-00.1': now(
    'What a role may see, create, change and delete is set for each entity and pipeline',
    'functions/access/rights.ts',
  ),
  'IN-X-00.2': now('Cards show the fields that an administrator chose, for each pipeline its own'),
  'IN-X-00.3': now('Quotes, contracts and invoices are made from templates and kept on the deal'),
  'IN-X-00.4': now('Goods and services are two pipelines that share neither stages nor rules'),
  'IN-X-00.5': now('Every role has working instructions to read and print', 'functions/admin/pipelines.ts'),
  'IN-X-00.6': now('A move that is not in the table of moves is refused and changes nothing'),
  'IN-X-00.7': now(
    'Whatever changes on a deal is in its history, with who and when',
    'functions/reports/feed.ts',
  ),
  'IN-X-01.1': now('A request, from wherever it comes, waits as a deal on the first stage'),
  'IN-X-01.2': now('The head of the responsible person is looked up whenever a stage or an approval begins'),
  'IN-X-01.3': now('Without a head the executive stands in; one person in two roles is told once'),
  'IN-X-01.4': now('A new responsible person takes over the open tasks, and the head is looked up again'),
  'IN-X-60.1': now('There is a board for goods and one for services, a column for each stage'),
  'IN-X-60.2': now('A desk shows a person their open tasks by due time, what is overdue first'),
  'IN-X-60.3': now('A desk shows approvers what waits for their decision'),
  'IN-X-60.4': now('A desk shows the accountant unpaid deals and trip money to hand out'),
  'IN-X-60.5': now('A planner shows visits by executor and day'),
  'IN-X-60.6': now('A desk shows deals that wait for a contract, scans or originals, with their dates'),
  'IN-X-80.1': now(
    'The carrier is handed a shipment and its track number comes back to the deal',
    'functions/intake/shipment.ts',
  ),
  'IN-X-80.2': now(
    'A payment confirmed by the payment system is recorded once',
    'functions/intake/payment.ts',
  ),
  'IN-X-80.3': now(
    'Articles and companies loaded from accounting are added or brought up to date by their guid',
    'functions/intake/nomenclature.ts',
  ),
  'IN-X-80.4': now('Clients and executors are written letters, each event by its own template'),

  // goods
  'IN-G-02.1': now('Who takes a request out of the queue becomes responsible for it'),
  'IN-G-02.2': now('The responsible person gets the identification as a task for five hours'),
  'IN-G-02.3': now('Five hours run beside the task and end with it or with the stage'),
  'IN-G-02.4': now('When they are over and the task is open, responsible, head and product manager are told'),
  'IN-G-03.1': now('How long a quote may take follows from how complex the case is'),
  'IN-G-03.2': now('The responsible person gets the quote as a task for that long'),
  'IN-G-03.3': now('A quote not sent in that time is told of to the responsible person'),
  'IN-G-03.4': now('Sending the quote opens the task to get feedback, by its date or within three days'),
  'IN-G-03.5': now('Feedback missing after three days is told of to the responsible person'),
  'IN-G-03.6': now('Twelve hours after feedback a deal still on the stage asks for another date'),
  'IN-G-03.7': now('That request is not closed with the date as it was'),
  'IN-G-03.8': now('Filling or changing the feedback date opens a feedback task for that date'),
  'IN-G-03.9': now('It takes the place of the one before with its timer: one feedback task at a time'),
  'IN-G-03.10': now('Closing such a task begins the twelve hours again, until the stage is left'),
  'IN-G-03.11': now('Feedback missing at its date is told of to the responsible person'),
  'IN-G-04.1': now('A deal that needs no contract passes on to picking by itself'),
  'IN-G-04.2': now('A deal that needs one gets the task to send it'),
  'IN-G-04.3': now('Once it is sent, it matters whether a feedback date is there'),
  'IN-G-04.4': now('Where there is none, a task asks for it'),
  'IN-G-04.5': now('That task is not closed while the date is empty'),
  'IN-G-04.6': now('However the date is filled, a task to get feedback is due then'),
  'IN-G-04.7': now('Contract feedback missing at its date is told of to the responsible person'),
  'IN-G-04.8': now('Filling or changing the date opens a feedback task for it'),
  'IN-G-04.9': now('Where both come together there is one task and one timer'),
  'IN-G-04.10': now('A contract no longer needed moves the deal on and cancels its tasks'),
  'IN-G-04.11': now(
    'A non-standard contract is approved in a process of its own while the task to send it waits',
  ),
  'IN-G-05.1': now('On entry, what was paid is held against the total'),
  'IN-G-05.2': now('Less than the total opens the task to get the final payment'),
  'IN-G-05.3': now('That task is not closed while money is missing, and says how much'),
  'IN-G-05.4': now('Full payment closes it without anybody'),
  'IN-G-05.5': now('A deal that is paid, then or from the start, gets the task to pick the order'),
  'IN-G-05.6': now('Once it is picked, the terms of delivery are looked at'),
  'IN-G-05.7': now('Goods that are reserved and to be collected are announced to the client by letter'),
  'IN-G-05.8': now('That letter is repeated every fourteen days until stage, reservation or terms change'),
  'IN-G-05.9': now(
    'A letter that cannot be sent is told of to the responsible person, and the cycle goes on',
  ),
  'IN-G-06.1': now('On shipment, payment is looked at again'),
  'IN-G-06.2': now('A deal not paid in full gets the payment task there as well'),
  'IN-G-06.3': now('A paid deal gets the task to arrange the shipment'),
  'IN-G-06.4': now('With the shipment arranged, the client is written the track number if there is one'),
  'IN-G-06.5': now('After that the terms of delivery decide'),
  'IN-G-06.6': now('What was not collected needs a confirmation of receipt'),
  'IN-G-06.7': now(
    'A carrier gets its order from the deal and the track number is written back',
    'functions/intake/shipment.ts',
  ),
  'IN-G-07.1': now('Which documents are asked for depends on the terms of delivery'),
  'IN-G-07.2': now('What was not collected needs scans of the closing documents'),
  'IN-G-07.3': now('Scans missing after a day are told of to the responsible person'),
  'IN-G-07.4': now('With the scans here, a task asks when the originals will be'),
  'IN-G-07.5': now('That task is not closed without the date'),
  'IN-G-07.6': now('What was collected asks for nothing: papers were signed on the spot'),
  'IN-G-08.1': now('A won deal is looked at for its original documents'),
  'IN-G-08.2': now('Where they are missing, a task is due on their planned day'),
  'IN-G-08.3': now('When that day comes and they are missing, the responsible person is told'),
  'IN-G-08.4': now('The task is not closed before they are here'),
  'IN-G-08.5': now('Without a planned day thirty days count; a new day sets the timer anew'),
  'IN-G-09.1': now('A deal is lost with a reason or not at all; its work and timers end'),

  // services
  'IN-S-02.1': now('Who takes a request out of the queue becomes responsible for it'),
  'IN-S-02.2': now('The responsible person gets the identification as a task for five hours'),
  'IN-S-02.3': now('Five hours run beside the task and end with it or with the stage'),
  'IN-S-02.4': now('When they are over and the task is open, responsible and head are told'),
  'IN-S-03.1': now('The quote and the preparation sheet are two tasks at once, for two hours'),
  'IN-S-03.2': now('Either of them still open after two hours is told of to the responsible person'),
  'IN-S-03.3': now('When both are done, it matters whether a feedback date is there'),
  'IN-S-03.4': now('Where there is none, a task asks for it'),
  'IN-S-03.5': now('That task is not closed while the date is empty'),
  'IN-S-03.6': now('However the date is filled, a task to get feedback is due then'),
  'IN-S-03.7': now('An hour before it the responsible person is told'),
  'IN-S-03.8': now('Filling or changing the date opens a feedback task for it'),
  'IN-S-03.9': now('Where both come together there is one task and one timer; a past date tells at once'),
  'IN-S-04.1': now('A deal that needs no contract passes on to the visit by itself'),
  'IN-S-04.2': now('A deal that needs one gets the task to send it'),
  'IN-S-04.3': now('Once it is sent, it matters whether a feedback date is there'),
  'IN-S-04.4': now('Where there is none, a task asks for it'),
  'IN-S-04.5': now('That task is not closed while the date is empty'),
  'IN-S-04.6': now('However the date is filled, a task to get feedback is due then'),
  'IN-S-04.7': now('Contract feedback missing at its date is told of to the responsible person'),
  'IN-S-04.8': now('Filling or changing the date opens a feedback task for it'),
  'IN-S-04.9': now('Where both come together there is one task and one timer'),
  'IN-S-04.10': now('A contract no longer needed moves the deal on and cancels its tasks'),
  'IN-S-04.11': now(
    'A non-standard contract is approved in a process of its own while the task to send it waits',
  ),
  'IN-S-05.1': now('How soon readiness must be confirmed depends on whether the case is an emergency'),
  'IN-S-05.2': now('The responsible person gets the confirmation as a task for that long'),
  'IN-S-05.3': now('A timer runs to two hours before the planned readiness'),
  'IN-S-05.4': now('Then the executor is told in the app'),
  'IN-S-05.5': now('Then the executor is written a letter as well'),
  'IN-S-05.6': now('A missing date or executor is asked for by a task of its own'),
  'IN-S-05.7': now('Another date sets the timer anew; one too near tells at once'),
  'IN-S-05.8': now('A trip may be put up for approval from the deal'),
  'IN-S-06.1': now('The invoice with the preparation sheet is a task of the responsible person'),
  'IN-S-06.2': now('In an emergency it is reminded of after a day'),
  'IN-S-06.3': now('Otherwise it is reminded of at the planned readiness'),
  'IN-S-06.4': now('The reminder goes to the responsible person, unless the task is closed'),
  'IN-S-07.1': now('The report to the client is a task of the responsible person'),
  'IN-S-07.2': now('Once it is sent, it matters whether a feedback date is there'),
  'IN-S-07.3': now('Where there is none, a task asks for it'),
  'IN-S-07.4': now('That task is not closed while the date is empty'),
  'IN-S-07.5': now('However the date is filled, a task to get feedback is due then'),
  'IN-S-07.6': now('With the feedback here, payment is looked at'),
  'IN-S-07.7': now('A deal not paid in full gets the payment task, closed by full payment only'),
  'IN-S-07.8': now('Every five days the missing payment is told of to the responsible person'),
  'IN-S-07.9': now('Beside it, the originals are to be sent'),
  'IN-S-07.10': now('A client who disagrees with the report gets another one'),
  'IN-S-08.1': now('A won deal always asks for its original documents'),
  'IN-S-08.2': now('That task waits for them, thirty days by plan'),
  'IN-S-09.1': now('A deal is lost with a reason or not at all; its work and timers end'),

  // contract approval
  'IN-C-01.1': now('Who started it is recorded and the head is looked up'),
  'IN-C-01.2': now('Drafting the contract is a task of the responsible person'),
  'IN-C-01.3': now('The draft is not handed in without its file'),
  'IN-C-01.4': now('The approver then decides about the file'),
  'IN-C-01.5': now('A rejection says why'),
  'IN-C-01.6': now('A rejected draft is to be mended, and the task says what'),
  'IN-C-01.7': now('A mended draft is decided about again, in numbered rounds without limit'),
  'IN-C-01.8': now('An approval ends it and is told of to who started it'),
  'IN-C-01.9': now('Every decision is kept: round, file, person, time, comment'),
  'IN-C-01.10': now('A deal has one such process at a time'),

  // trip approval
  'IN-T-01.1': now('Who started it is recorded and the head is looked up'),
  'IN-T-01.2': now('Who started it fills in the trip'),
  'IN-T-01.3': now('The approver then decides about it'),
  'IN-T-01.4': now('A refusal says why'),
  'IN-T-01.5': now('A refusal ends it and is told of with its reason'),
  'IN-T-01.6': now('An approved trip is a task of the accountant: hand out the money'),
  'IN-T-01.7': now('The approval and the money handed out are told of to who started it'),
  'IN-T-01.8': now('Every decision is in the register of trips'),

  // reports
  'IN-R-01.1': now(
    'The debt of a deal is its total less what was paid, kept in the background',
    'statemachines/packs/industrial/deal-fields.ts',
  ),
  'IN-R-01.2': now(
    'The debt of a company is the sum of those of its open deals',
    'functions/reports/worth.ts',
  ),
  'IN-R-01.3': now(
    'Deals are reported with filters and groups of choice, their figures in columns',
    'functions/reports/register-report.ts',
  ),
  'IN-R-01.4': now('Payments are reported: expected, received, remaining', 'functions/reports/registers.ts'),
  'IN-R-01.5': now('Contracts are reported: needed, sent, awaited, signed', 'functions/reports/registers.ts'),
  'IN-R-01.6': now(
    'Documents are reported: scans, originals, planned dates, days overdue',
    'functions/reports/registers.ts',
  ),
  'IN-R-01.7': now(
    'Discipline is reported: identifications in time and not, late quotes, by person',
    'functions/reports/sla-report.ts',
  ),
};
