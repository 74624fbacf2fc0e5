import { type VenueRequest, type VenueResponse } from '../server/venue-exchange.ts';
import { type RememberedAnswer } from './venue-fault.ts';

/** What the venue has answered since faults were set up, for those that give an answer of the past. */
export interface AnswerMemory {
  /** An answer of the past; `undefined` when there is none, or it is the one that is due. */
  recall(answer: RememberedAnswer, request: VenueRequest, due: VenueResponse): VenueResponse | undefined;
  /** Keeps the venue's own answer. */
  keep(request: VenueRequest, own: VenueResponse): void;
}

/** Questions whose last answer is kept; the one longest unasked goes first. */
const questionsMax = 1000;

/** Makes a memory with nothing in it. */
export function createAnswerMemory(): AnswerMemory {
  let last: VenueResponse | undefined;
  const byQuestion = new Map<string, VenueResponse>();
  return {
    recall(answer, request, due) {
      const before = answer === 'ANSWER_OF_ANOTHER' ? last : byQuestion.get(questionOf(request));
      return before?.body === due.body ? undefined : before;
    },
    keep(request, own) {
      last = own;
      const question = questionOf(request);
      byQuestion.delete(question);
      byQuestion.set(question, own);
      const [oldest] = byQuestion.keys();
      if (byQuestion.size > questionsMax && oldest !== undefined) byQuestion.delete(oldest);
    },
  };
}

/** Everything that makes two requests the same question, whoever's token they carry. */
function questionOf({ method, path, query, headers, body }: VenueRequest): string {
  const named = ['tr_id', 'tr_cont', 'api-id', 'next-key'].map((name) => headers[name] ?? '');
  return JSON.stringify([method, path, query.toString(), ...named, Buffer.from(body).toString()]);
}
