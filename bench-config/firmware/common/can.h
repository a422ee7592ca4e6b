/* Frames with 11 bit identifiers and eight data bytes. */
#ifndef CAN_H
#define CAN_H

#include <stdbool.h>
#include <stdint.h>

struct frame {
    uint32_t id;
    uint32_t low;
    uint32_t high;
};

void can_start(void);
/* Gives up at once when the mailbox is busy: the next cycle brings newer values anyway. */
bool can_send(struct frame frame);
bool can_receive(struct frame *frame);

#endif
