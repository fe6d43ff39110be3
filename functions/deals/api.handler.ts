import { eraseContact } from '../contacts/erase.ts';
import { exportContact } from '../contacts/export.ts';
import { answerClient } from '../conversation/answer.ts';
import { conversationOf, listConversation } from '../conversation/thread.ts';
import { getLetter, listIntake, makeLead, markSpam } from '../intake/decide.ts';
import { fileLetter } from '../intake/file-letter.ts';
import { lettersOf } from '../letters/list.ts';
import { getIncoming, listLetters } from '../letters/of-deal.ts';
import { sendLetter, sendLetterTo } from '../letters/send.ts';
import { buildRoute, suggestPlaces } from '../places/api.ts';
import { search } from '../search/find.ts';
import { serve } from '../shared/serve.ts';
import { listStock, putStock } from '../stock/api.ts';
import { board } from './board.ts';
import { listChats, seenChat } from './chat.ts';
import { claimDeal } from './claim.ts';
import { createDeal } from './create.ts';
import { makeDocument } from './documents.ts';
import { addFavourite, dropFavourite } from './favourite.ts';
import { fetchFile, upload } from './files.ts';
import { comment, dealCard, dealFeed } from './history.ts';
import { listDeals } from './list.ts';
import { dealSheet } from './sheet.ts';
import { startProcess } from './start-process.ts';
import { assignDeal, changeDeal, moveDeal } from './write.ts';

export const handler = serve('deals', {
  'deals.create': createDeal,
  'deals.list': listDeals,
  'deals.board': board,
  'deals.search': search,
  'intake.list': listIntake,
  'intake.get': getLetter,
  'intake.lead': makeLead,
  'intake.file': fileLetter,
  'intake.spam': markSpam,
  'deals.card': dealCard,
  'deals.change': changeDeal,
  'deals.move': moveDeal,
  'deals.assign': assignDeal,
  'deals.claim': claimDeal,
  'deals.favourite': addFavourite,
  'deals.unfavourite': dropFavourite,
  'deals.feed': dealFeed,
  'deals.comment': comment,
  'deals.sheet': dealSheet,
  'conversation.answer': answerClient,
  'conversation.list': listConversation,
  'chat.list': listChats,
  'chat.seen': seenChat,
  'deals.start': startProcess,
  'deals.upload': upload,
  'deals.file': fetchFile,
  'deals.document': makeDocument,
  'stock.list': listStock,
  'stock.put': putStock,
  'letters.send': sendLetter,
  'letters.sendTo': sendLetterTo,
  'letters.list': listLetters,
  'letters.get': getIncoming,
  'letters.of': lettersOf,
  'places.suggest': suggestPlaces,
  'routes.build': buildRoute,
  'contacts.conversation': conversationOf,
  'contacts.export': exportContact,
  'contacts.erase': eraseContact,
});
