/** The part of the vendor's client that tests compare with; the package brings no types. */
declare module 'smsaero' {
  export class SmsAero {
    constructor(email: string, apiKey: string, signature?: string, gateURLs?: string[]);
    proto: string;
    send(number: string, text: string): Promise<{ success: boolean; data: { id: number } }>;
    smsStatus(id: number): Promise<{ data: unknown }>;
  }
}
