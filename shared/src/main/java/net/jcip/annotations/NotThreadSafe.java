package net.jcip.annotations;

/** Stands for the annotation of that name: see the package. */
interface NotThreadSafe {}
