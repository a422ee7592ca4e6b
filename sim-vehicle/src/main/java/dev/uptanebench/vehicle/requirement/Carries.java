package dev.uptanebench.vehicle.requirement;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the requirements of the Standard that a declaration does as they say. Single statements name theirs in a comment.
 * {@code docs/conformance.md} is made of both.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Carries {
    /** Their ids, such as {@code U-5.4.4.4-s3}. */
    String[] value();
}
