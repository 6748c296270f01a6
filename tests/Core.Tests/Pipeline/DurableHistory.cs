using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>
/// Counts the events of one orchestration instance and their bytes as Durable Task keeps them. Events and their fields are those of
/// <c>DurableTask.Core.History</c> (github.com/Azure/durabletask, src/DurableTask.Core/History; OrchestrationRuntimeState keeps inputs and
/// results whole, only its debugging dump abridges them). What a field takes is estimated upwards:
/// <list type="bullet">
/// <item>every event: <c>$type</c>, EventId, EventType, IsPlayed, Timestamp, DispatchCount, IsPoisoned as JSON, some 250 bytes, and the
/// instance's id, under which a backend files it, with an execution id and a row key, 50 bytes;</item>
/// <item>what starts or schedules something: Name, Version, Tags and the W3C trace context, 150 bytes beside the names; ExecutionStarted
/// and SubOrchestrationInstanceCreated: the other instance with its execution id besides;</item>
/// <item>what ends something: TaskScheduledId and, of a child, its Name, StartTime and trace context, 150 bytes;</item>
/// <item>a failure: its message, its type and the stack trace that the isolated worker sends along, 2,500 bytes;</item>
/// <item>inputs and results: their JSON as a JSON string, so that every quote counts twice, and 100 bytes of what the one activity and
/// the one orchestrator function wrap around them (name, version).</item>
/// </list>
/// </summary>
internal sealed class DurableHistory(string instanceId, string workflow)
{
    /// <summary>What the service promises of every instance.</summary>
    public const int MostEvents = 2_000;

    /// <inheritdoc cref="MostEvents"/>
    public const int MostBytes = 1024 * 1024;

    private const int EventBytes = 300;
    private const int ScheduledBytes = 150;
    private const int EndedBytes = 150;
    private const int FailureBytes = 2_500;
    private const int EnvelopeBytes = 100;

    public string InstanceId => instanceId;

    public string Workflow => workflow;

    public int Events { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Times that the orchestrator was woken.</summary>
    public int Episodes { get; private set; }

    public void ExecutionStarted(JsonElement input) => Add(ScheduledBytes + workflow.Length + (2 * instanceId.Length) + Payload(input));

    public void ExecutionCompleted(JsonElement output) => Add(EndedBytes + Payload(output));

    public void ExecutionFailed(Exception trouble) => Add(EndedBytes + Trouble(trouble));

    /// <summary>OrchestratorStarted.</summary>
    public void EpisodeStarts()
    {
        Episodes++;
        Add(0);
    }

    /// <summary>OrchestratorCompleted.</summary>
    public void EpisodeEnds() => Add(0);

    public void TaskScheduled(string name, JsonElement input) => Add(ScheduledBytes + name.Length + Payload(input));

    public void TaskCompleted(JsonElement result) => Add(EndedBytes + Payload(result));

    public void TaskFailed(Exception trouble) => Add(EndedBytes + Trouble(trouble));

    public void ChildCreated(string instance, JsonElement input) => Add(ScheduledBytes + (2 * instance.Length) + Payload(input));

    public void ChildCompleted(JsonElement output) => Add(EndedBytes + Payload(output));

    public void ChildFailed(Exception trouble) => Add(EndedBytes + Trouble(trouble));

    public void TimerCreated() => Add(ScheduledBytes);

    public void TimerFired() => Add(EndedBytes);

    /// <summary>Demands that every history is within the bounds.</summary>
    public static void AssertBounded(IReadOnlyList<DurableHistory> histories) => Assert.All(histories, h =>
    {
        Assert.InRange(h.Events, 1, MostEvents);
        Assert.InRange(h.Bytes, 1, MostBytes);
    });

    private static int Trouble(Exception trouble) => FailureBytes + Encoding.UTF8.GetByteCount(trouble.Message);

    private static int Payload(JsonElement payload)
    {
        var json = CanonicalJson.Serialize(payload);
        return EnvelopeBytes + json.Length + json.Count(b => b is (byte)'"' or (byte)'\\');
    }

    private void Add(int bytes)
    {
        Events++;
        Bytes += EventBytes + instanceId.Length + bytes;
    }
}
