export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A state machine in Amazon States Language, whole or the inside of a branch. */
export type Block = Readonly<{ StartAt: string; States: Readonly<Record<string, AslState>> }>;
export type AslState = Readonly<{ Type: string; [field: string]: Json }>;
export type Definition = Readonly<{ Comment: string; QueryLanguage: 'JSONata' }> & Block;
