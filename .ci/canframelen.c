/* Reads "ID(hex) EXTENDED(0|1) DATA(hex or -)" line by line and prints what can-utils thinks is the exact length of that
 * data frame in bits, interframe space included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "canframelen.h"

int main(void)
{
	unsigned id;
	int extended;
	char hex[32];

	while (scanf("%x %d %31s", &id, &extended, hex) == 3) {
		/* Newer versions take a union of all frames: room for that, and a pointer that fits both. */
		union {
			struct canfd_frame frame;
			char room[4096];
		} any;
		size_t digits = strcmp(hex, "-") ? strlen(hex) : 0;

		memset(&any, 0, sizeof any);
		any.frame.can_id = id | (extended ? CAN_EFF_FLAG : 0);
		any.frame.len = digits / 2;
		for (size_t i = 0; i < digits / 2; i++) {
			char byte[3] = { hex[2 * i], hex[2 * i + 1], 0 };
			any.frame.data[i] = strtoul(byte, NULL, 16);
		}
		printf("%u\n", can_frame_length((void *)&any, CFL_EXACT, CAN_MTU));
	}
	return 0;
}
