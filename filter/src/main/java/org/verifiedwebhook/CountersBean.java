package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.verifiedwebhook.sender.Reason;

/** Counters as attributes of an MBean: {@code zorio.accepted}, {@code zorio.rejected.signature-mismatch}. */
final class CountersBean implements DynamicMBean {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final String BODIES_HELD = "bodies.held";

    private final WebhookCounters counters;

    private CountersBean(WebhookCounters counters) {
        this.counters = counters;
    }

    /** Registers an MBean for the counters; what is run to take it away. A name that is taken is left to its holder. */
    static Runnable register(String name, WebhookCounters counters) {
        try {
            ObjectName bean = new ObjectName("org.verifiedwebhook:type=Webhooks,name=" + ObjectName.quote(name));
            ManagementFactory.getPlatformMBeanServer().registerMBean(new CountersBean(counters), bean);
            return () -> unregister(bean);
        } catch (JMException | SecurityException e) {
            LOG.log(Level.WARNING, () -> "the counters of " + LogText.escape(name) + " are not in JMX: " + e);
            return () -> {};
        }
    }

    private static void unregister(ObjectName bean) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(bean);
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "the counters were not in JMX any more", e);
        }
    }

    private Map<String, LongSupplier> attributes() {
        Map<String, LongSupplier> all = new LinkedHashMap<>();
        all.put(BODIES_HELD, counters::bodiesHeld);
        for (String sender : counters.senders()) {
            for (WebhookOutcome.Kind kind : WebhookOutcome.Kind.values()) {
                all.put(sender + "." + kind.key(), () -> counters.count(sender, kind));
            }
            for (Reason reason : Reason.values()) {
                all.put(
                        sender + "." + WebhookOutcome.Kind.REJECTED.key() + "." + reason.key(),
                        () -> counters.count(sender, reason));
            }
        }
        return all;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        LongSupplier value = attributes().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value.getAsLong();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        Map<String, LongSupplier> all = attributes();
        AttributeList list = new AttributeList();
        for (String name : names) {
            if (all.containsKey(name)) {
                list.add(new Attribute(name, all.get(name).getAsLong()));
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("not writable");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature) throws ReflectionException {
        throw new ReflectionException(new NoSuchMethodException(action));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] infos = attributes().keySet().stream()
                .map(name -> new MBeanAttributeInfo(name, "long", name, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(CountersBean.class.getName(), "What became of webhooks", infos, null, null, null);
    }
}
