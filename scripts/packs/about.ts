import type { Text } from '../../schemas/text.ts';

/** What each company does, in a few sentences that begin its page. */
export const about: Readonly<Record<string, Text>> = {
  industrial: {
    ru: 'Компания поставляет промышленные комплектующие, инструмент и расходные материалы и выезжает на заводы с диагностикой: вибрация, центровка валов, балансировка. Товары и услуги идут двумя воронками; нестандартный договор и командировка согласуются отдельными процессами.',
    en: 'The company supplies industrial components, tools and consumables, and works at plants: vibration diagnostics, shaft alignment, balancing. Goods and services are two pipelines; a contract that is not standard and a business trip are approved in processes of their own.',
  },
  climate: {
    ru: 'Компания ввозит промышленные кондиционеры и продаёт их с участием проектного отдела. Один «Объект» живёт от обращения до отгруженной системы: расчёт у проектировщика, предложение, предоплата, поставка по частям, закрытие, заморозка до даты и архив, открытый только руководству.',
    en: 'The company imports commercial air-conditioning and sells it with its own design department. One deal lives from the first request to the system delivered: a calculation by a designer, the quote, the prepayment, shipments in parts, closing, a freeze until a date, and an archive that only the management opens.',
  },
  furniture: {
    ru: 'Компания делает мебель и двери. Замерщики и монтажники выезжают к покупателю, занимают своё время без накладок и прямо с места загружают замеры и фотографии; коммерческих данных они не видят. Заказ виден всем, кто над ним работает, с перепиской внутри него.',
    en: 'The company makes furniture and doors. Measurers and installers go to the buyer, their time is booked without overlaps, and they load measurements and photographs from the site; they see nothing commercial. The order is visible to everybody who works on it, with a chat inside.',
  },
  footwear: {
    ru: 'Компания шьёт обувь и продаёт её в переписке социальных сетей. Первый, кто взял обращение, ведёт заказ; бухгалтер одним нажатием утверждает или возвращает оплату; заказ шьётся, отправляется, возвращается или меняется, а по его завершении начисляются проценты менеджеру и руководителю.',
    en: 'The company makes shoes and sells them in the chats of social networks. Whoever takes a request first owns the order; the accountant approves or returns a payment with one press; the order is made, sent, returned or exchanged, and on completion percentages are granted to the manager and the head.',
    ro: 'Compania produce încălțăminte și o vinde în discuțiile din rețelele sociale. Primul care preia cererea conduce comanda; contabilul aprobă sau întoarce plata dintr-o singură apăsare; comanda se produce, se expediază, se returnează sau se schimbă, iar la finalizare se acordă procentul managerului și conducătorului.',
  },
  coffee: {
    ru: 'Компания продаёт кофейные машины и запчасти к ним и принимает обращения на обслуживание и ремонт. Заявка получает сквозной номер, и чем дольше она ждёт ответственного, тем выше о ней узнают; скидки защищены справочником и меняются только согласованием; счета утверждают по очереди в зависимости от суммы и вида.',
    en: 'The company sells coffee machines and spare parts and takes requests for service and repair. A lead has one number all the way, and the longer it waits for somebody the higher up it is told; discounts are protected by a directory and change by approval alone; invoices are approved one after another, by sum and kind.',
  },
};
