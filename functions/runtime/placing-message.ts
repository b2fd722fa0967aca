/** The one message that places an order; its id follows from the order's, so a shop's answer leads back to the delivery and its household. */
export const PLACING_MESSAGE = ['order.placed', 1] as const;
