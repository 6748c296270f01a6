using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

/// <summary>An orchestration that records what it is asked for, and answers from a script; what crosses does so as JSON.</summary>
internal sealed class ScriptedContext(string instanceId) : TaskOrchestrationContext
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private DateTime now = Start;

    /// <summary>What would be events of the history, in order.</summary>
    public List<string> Asked { get; } = [];

    public List<Progress> Statuses { get; } = [];

    public List<TimeSpan> Timers { get; } = [];

    /// <summary>The script.</summary>
    public Func<StepInvocationView, object> Activity { get; init; } = _ => throw new InvalidOperationException("No activity was expected.");

    public Func<string, JsonElement, object> Child { get; init; } = (_, _) => throw new InvalidOperationException("No child was expected.");

    public override TaskName Name => "Workflow";

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Assert.Null(options?.Retry);
        var crossed = Cross(input);
        var step = crossed.GetProperty("call");
        Asked.Add($"{name}:{step.GetProperty("name").GetString()}");
        return Answer<TResult>(() => Activity(new(
            crossed.GetProperty("jobId").GetString()!, crossed.GetProperty("place"), step.GetProperty("name").GetString()!, step.GetProperty("input"))));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var id = Assert.IsType<SubOrchestrationOptions>(options).InstanceId!;
        Asked.Add($"{orchestratorName}:{id}");
        return Answer<TResult>(() => Child(id, Cross(input)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Asked.Add("timer");
        Timers.Add(fireAt - now);
        now = fireAt;
        return Task.CompletedTask;
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(Assert.IsType<Progress>(customStatus));

    public override T GetInput<T>() => throw new NotSupportedException();

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private static JsonElement Cross(object? value) => JsonSerializer.SerializeToElement(value, CanonicalJson.Options);

    private static Task<T> Answer<T>(Func<object> answer)
    {
        try
        {
            return Task.FromResult(Cross(answer()).Deserialize<T>(CanonicalJson.Options)!);
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}

/// <summary>What an activity was called with.</summary>
internal sealed record StepInvocationView(string JobId, JsonElement Place, string Step, JsonElement Input);
