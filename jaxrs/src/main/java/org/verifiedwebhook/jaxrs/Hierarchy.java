package org.verifiedwebhook.jaxrs;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a class inherits from: JAX-RS annotations, and ours, may stand anywhere there. */
final class Hierarchy {

    private Hierarchy() {}

    /** The class, its superclasses from near to far, then all their interfaces. A proxy's real class is a superclass. */
    static Set<Class<?>> of(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            types.add(c);
        }
        for (Class<?> c : List.copyOf(types)) {
            addInterfaces(c, types);
        }
        return types;
    }

    /** Whether there can be objects of just this class. */
    static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> i : type.getInterfaces()) {
            types.add(i);
            addInterfaces(i, types);
        }
    }

    /** The method in {@code type} and what it overrides or implements, from near to far. */
    static List<Method> of(Class<?> type, Method method) {
        Set<Class<?>> types = of(type);
        Set<List<Class<?>>> signatures = new LinkedHashSet<>();
        signatures.add(Arrays.asList(method.getParameterTypes()));
        // A method that fills in type parameters overrides under its bridge's signature. A bridge of an overload may
        // match too: then more is guarded than was asked for, never less.
        for (Class<?> c : types) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.isBridge() && m.getName().equals(method.getName()) && accepts(m, method)) {
                    signatures.add(Arrays.asList(m.getParameterTypes()));
                }
            }
        }
        List<Method> methods = new ArrayList<>();
        for (Class<?> c : types) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.getName().equals(method.getName()) && signatures.contains(Arrays.asList(m.getParameterTypes()))) {
                    methods.add(m);
                }
            }
        }
        return methods;
    }

    private static boolean accepts(Method bridge, Method method) {
        Class<?>[] wide = bridge.getParameterTypes();
        Class<?>[] narrow = method.getParameterTypes();
        if (wide.length != narrow.length) {
            return false;
        }
        for (int i = 0; i < wide.length; i++) {
            if (!wide[i].isAssignableFrom(narrow[i])) {
                return false;
            }
        }
        return true;
    }
}
